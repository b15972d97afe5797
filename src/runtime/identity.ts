// What results depend on besides a job and its files: the code of the Python half, the interpreter, its packages.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { hashValue, listFiles, sha256 } from '../task/hashing.ts';
import { workerEnvironment } from './python-half.ts';

const script = `
import importlib.metadata, json, platform, sys
packages = sorted({f"{found.name}=={found.version}" for found in importlib.metadata.distributions()})
print(json.dumps([sys.version, sys.platform, platform.machine(), packages]))
`;
const timeLimitMs = 20_000;

/** Hash of all code that measures. Throws when the interpreter does not answer. */
export async function identify(python: string, pythonHalf: string): Promise<string> {
  const [environment, sources] = await Promise.all([
    execa(python, ['-s', '-P', '-c', script], {
      env: workerEnvironment(pythonHalf),
      extendEnv: false,
      timeout: timeLimitMs,
      stdin: 'ignore',
    }),
    hashSources(path.join(pythonHalf, 'forge_runtime')),
  ]);
  return hashValue({ environment: environment.stdout, sources });
}

async function hashSources(folder: string): Promise<Record<string, string>> {
  const files = (await listFiles(folder)).filter((file) => file.endsWith('.py'));
  const hashes = files.map(async (file) => [file, sha256(await readFile(path.join(folder, file)))] as const);
  return Object.fromEntries(await Promise.all(hashes));
}
