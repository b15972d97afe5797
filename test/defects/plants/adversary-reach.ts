// ADV014 to ADV016: no package can make these fail, only a fault of the sandbox; so the sandbox gets a hole.
import { appendFile, copyFile, lstat, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobOutcome, Mount, PythonJob, PythonRuntime } from '../../../src/runtime/port.ts';
import { type Hole, type Plant, plants } from '../plant.ts';

const untouched = async (): Promise<void> => undefined;

/** A runtime that changes what the cheating solvers are given, and what becomes of what they leave. */
function around(
  mounts: (mounts: readonly Mount[], folder: string) => readonly Mount[],
  after: (special: string, folder: string) => Promise<void> = untouched,
): Hole {
  return (runtime: PythonRuntime, folder: string): PythonRuntime => ({
    dispose: () => runtime.dispose(),
    run: async <Result>(job: PythonJob<Result>, signal: AbortSignal): Promise<JobOutcome<Result>> => {
      if (job.name !== 'execute.cheat') return runtime.run(job, signal);
      const outcome = await runtime.run({ ...job, mounts: mounts(job.mounts, folder) }, signal);
      const work = job.mounts.find(({ name }) => name === 'work')?.host;
      if (work !== undefined) await after(path.join(work, 'special'), folder);
      return outcome;
    },
  });
}

const alsoMounts = (name: string, part: string, access: Mount['access']): Hole =>
  around((mounts, folder) => [...mounts, { name, host: path.join(folder, part), access }]);

/** What a copy that follows links leaves of them. */
async function followLinks(special: string): Promise<void> {
  for (const name of await readdir(special)) {
    const file = path.join(special, name);
    const target = await stat(file).catch(() => null);
    if (!(await lstat(file)).isSymbolicLink() || !target?.isFile()) continue;
    await copyFile(file, `${file}.copied`);
    await rm(file);
    await copyFile(`${file}.copied`, file);
  }
}

/** What an archiver that knows no pipes and sockets leaves of them. */
async function flatten(special: string): Promise<void> {
  for (const name of ['pipe', 'socket']) {
    await rm(path.join(special, name), { force: true });
    await writeFile(path.join(special, name), 'id\n');
  }
}

export const reachPlants: readonly Plant[] = [
  ...plants('ADV014', 'the private folder is mounted beside the public one', ['binary', 'image'], untouched, {
    hole: alsoMounts('private', 'data/private', 'read'),
  }),
  ...plants('ADV014', 'the whole task is mounted', ['forecasting'], untouched, {
    hole: alsoMounts('task', '.', 'read'),
  }),

  ...plants('ADV015', 'links of a solver are followed when its files are fetched', ['text'], untouched, {
    hole: around((mounts) => mounts, followLinks),
  }),
  ...plants('ADV015', 'pipes and sockets become files when they are fetched', ['audio'], untouched, {
    hole: around((mounts) => mounts, flatten),
  }),

  ...plants('ADV016', 'the public folder can be written', ['multiclass', 'image'], untouched, {
    hole: around((mounts) => mounts.map((mount) => (mount.name === 'public' ? { ...mount, access: 'write' } : mount))),
  }),
  ...plants('ADV016', 'metric.py is not the same after the solvers ran', ['regression'], untouched, {
    hole: around(
      (mounts) => mounts,
      (_, folder) => appendFile(path.join(folder, 'metric.py'), '\n# better for me\n'),
    ),
  }),
];
