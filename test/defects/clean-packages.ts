// The clean packages: forged by the built-in engine from small generated datasets and from the bundled sample.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { forge } from '../../src/forge/forge.ts';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import type { Objective } from '../../src/task/objectives.ts';
import { readTask } from '../../src/task/package.ts';
import { silentLog, systemClock } from '../../src/task/ports.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Datasets of test/support/clean_data.py by the task that is wanted of each. */
const wanted = {
  binary: { dataset: 'clinic', objective: 'binary-classification' },
  multiclass: { dataset: 'forest', objective: 'multiclass-classification' },
  ordinal: { dataset: 'tasting', objective: 'ordinal-regression' },
  regression: { dataset: 'rents', objective: 'regression' },
  text: { dataset: 'letters', objective: 'multiclass-classification' },
  image: { dataset: 'signs', objective: 'multiclass-classification' },
  audio: { dataset: 'birds', objective: 'multiclass-classification' },
  forecasting: { dataset: 'river', objective: 'forecasting' },
  'time split': { dataset: 'river', objective: 'regression' },
  relational: { dataset: 'shop', objective: 'regression' },
} as const satisfies Record<string, { dataset: string; objective: Objective }>;
export type BaseName = keyof typeof wanted;
export const baseNames = Object.keys(wanted) as BaseName[];

/** Tasks that the engine prefers to the wanted ones; they are looked at for false alarms. */
const PREFERRED: Readonly<Record<string, number>> = { rents: 1, river: 1 };

/** Tasks that are forged of a dataset that was given. */
const GIVEN_TASKS = 3;

export interface CleanPackage {
  /** A base by its name; other packages, which are only looked at for false alarms, by dataset and task. */
  readonly name: string;
  readonly folder: string;
  readonly dataset: string;
}

/** Writes the generated datasets that the bases need into `folder`, unless they are there, and forges them. */
export async function forgeBases(
  names: readonly BaseName[],
  folder: string,
  runtime: PythonRuntime,
): Promise<{ bases: Map<BaseName, CleanPackage>; others: CleanPackage[] }> {
  const datasets = [...new Set(names.map((name) => wanted[name].dataset))];
  const raw = path.join(folder, 'raw');
  const missing = datasets.filter((name) => !existsSync(path.join(raw, name)));
  const python = process.env['MLE_FORGE_PYTHON'] ?? 'python3';
  if (missing.length > 0) {
    await promisify(execFile)(python, [path.join(root, 'test/support/clean_data.py'), raw, ...missing]);
  }
  const bases = new Map<BaseName, CleanPackage>();
  const others: CleanPackage[] = [];
  await twoAtATime(datasets, async (dataset) => {
    const count = baseNames.filter((name) => wanted[name].dataset === dataset).length + (PREFERRED[dataset] ?? 0);
    for (const task of await forged(path.join(raw, dataset), path.join(folder, 'tasks', dataset), count, runtime)) {
      const { objective } = await readTask(task.folder);
      const name = names.find((base) => wanted[base].dataset === dataset && wanted[base].objective === objective);
      if (name !== undefined && !bases.has(name)) bases.set(name, { ...task, name });
      else others.push(task);
    }
  });
  const absent = names.filter((name) => !bases.has(name));
  if (absent.length > 0) throw new Error(`the engine forged no task for: ${absent.join(', ')}`);
  return { bases, others };
}

/** Every task of every dataset in a folder. */
export async function forgeFolder(datasets: string, folder: string, runtime: PythonRuntime): Promise<CleanPackage[]> {
  const entries = await readdir(datasets, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const all: CleanPackage[] = [];
  await twoAtATime(names, async (name) => {
    all.push(...(await forged(path.join(datasets, name), path.join(folder, 'given', name), GIVEN_TASKS, runtime)));
  });
  return all;
}

/** The sample dataset that comes with the extension. */
export function forgeSample(folder: string, runtime: PythonRuntime): Promise<CleanPackage[]> {
  return forged(path.join(root, 'media/sample/penguins'), path.join(folder, 'tasks/sample'), 2, runtime);
}

/** The accepted tasks of a dataset; those of an earlier run of the suite when `out` holds them. */
async function forged(dataset: string, out: string, maxTasks: number, runtime: PythonRuntime): Promise<CleanPackage[]> {
  const done = path.join(out, '.forged');
  if (!existsSync(done)) {
    await mkdir(out, { recursive: true });
    const ports = { runtime, clock: systemClock, log: silentLog, signal: new AbortController().signal };
    for await (const _ of forge({ dataset, out, maxTasks, seed: 0, keepRejected: false }, ports));
    await promisify(execFile)('touch', [done]);
  }
  const entries = await readdir(out, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(path.join(out, entry.name, 'task.json')))
    .map(({ name }) => ({ name: `${path.basename(dataset)}: ${name}`, folder: path.join(out, name), dataset }));
}

/** Runs work on items, at most two at once: as many as the runtime has workers. */
export async function twoAtATime<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all([serve(), serve()]);
}
