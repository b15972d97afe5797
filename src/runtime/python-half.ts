// Where the Python half lies: beside the sources in a checkout, beside the bundle once built.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';

/**
 * Folder that holds the package forge_runtime and its requirements.
 * @throws ForgeError of kind `environment` when the installation is incomplete.
 */
export function findPythonHalf(given?: string): string {
  // A CommonJS bundle has no import.meta.dirname, a module has no __dirname.
  const here = import.meta.dirname ?? __dirname;
  const candidates = given === undefined ? [path.join(here, 'python'), path.join(here, '..', 'python')] : [given];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'forge_runtime', 'worker.py')));
  if (found !== undefined) return found;
  throw new ForgeError(
    'INSTALLATION',
    `The Python half is missing (looked in ${candidates.join(', ')}).`,
    'Install MLE Forge again, or run npm run build.',
    'environment',
  );
}

/** The whole environment of a trusted Python process: nothing of the caller's but what starts an interpreter. */
export function workerEnvironment(pythonHalf: string, hashSeed = 0): Record<string, string> {
  const kept = ['PATH', 'SYSTEMROOT', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const inherited = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name] ?? ''] as const],
  );
  return {
    ...Object.fromEntries(inherited),
    PYTHONPATH: pythonHalf,
    PYTHONHASHSEED: String(hashSeed),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
    PYTHONUTF8: '1',
    // One thread per job: results do not depend on the machine, and two jobs share two cores.
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    LOKY_MAX_CPU_COUNT: '1',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
  };
}
