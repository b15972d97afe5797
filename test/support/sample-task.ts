// A small clean task package, built by its own prepare.py, for tests that plant faults in it.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { hashTree } from '../../src/task/hashing.ts';
import { hashPackage, writeTask } from '../../src/task/package.ts';
import { type TaskSpec, taskSpecSchema } from '../../src/task/spec.ts';
import { runPrepare } from '../../src/verify/runs/prepare.ts';

const ROWS = 1200;
/** As in its prepare.py. */
const TEST_SHARE = 0.25;

export interface SampleTask {
  /** Folder of the package, named as its id. */
  readonly folder: string;
  /** Its raw dataset: a folder with one table. */
  readonly dataset: string;
  read(file: string): Promise<string>;
  write(file: string, content: string): Promise<void>;
  /** Replaces a text that must be there. */
  replace(file: string, from: string, to: string): Promise<void>;
  /** Changes the manifest through its JSON value. */
  editManifest(change: (manifest: TaskSpec) => void): Promise<void>;
  /** Records the files as they are now in the manifest, as a build would. */
  seal(): Promise<void>;
  remove(): Promise<void>;
}

/** Builds the clean package once; tests copy it with `copyTask`. A quarter of the rows are test rows. */
export function buildSampleTask(runtime: PythonRuntime, rows = ROWS): Promise<SampleTask> {
  return buildTask(runtime, {
    id: 'stones-weight-class',
    sources: 'sample-task',
    raw: { 'stones.csv': rawTable(rows) },
    manifest: (task) => manifest(task, rows),
  });
}

export interface TaskSources {
  readonly id: string;
  /** Folder beside this file with description, programs and baselines. */
  readonly sources: string;
  /** Text of each raw file. */
  readonly raw: Readonly<Record<string, string>>;
  readonly manifest: (task: SampleTask) => Promise<TaskSpec>;
}

/** Writes the raw dataset and the package, and lets its prepare.py build the data. */
export async function buildTask(runtime: PythonRuntime, from: TaskSources): Promise<SampleTask> {
  const base = await mkdtemp(path.join(tmpdir(), 'sample-task-'));
  const task = taskAt(base, from.id);
  await mkdir(task.dataset, { recursive: true });
  for (const [name, text] of Object.entries(from.raw)) await writeFile(path.join(task.dataset, name), text);
  await cp(path.join(import.meta.dirname, from.sources), task.folder, { recursive: true });
  await mkdir(path.join(task.folder, 'data'), { recursive: true });
  const script = path.join(task.folder, 'prepare.py');
  const out = path.join(task.folder, 'data');
  const outcome = await runPrepare(runtime, { script, dataset: task.dataset, out }, AbortSignal.timeout(60_000));
  if (outcome.kind !== 'done') throw new Error(`the sample task does not build: ${JSON.stringify(outcome)}`);
  await cp(path.join(task.folder, 'description.md'), path.join(out, 'public/description.md'));
  await writeTask(task.folder, await from.manifest(task));
  return task;
}

/** A private copy of a package and its dataset. */
export async function copyTask(task: SampleTask): Promise<SampleTask> {
  const base = await mkdtemp(path.join(tmpdir(), 'sample-task-'));
  await cp(path.dirname(task.folder), base, { recursive: true, preserveTimestamps: true });
  return taskAt(base, path.basename(task.folder));
}

function taskAt(base: string, id: string): SampleTask {
  const folder = path.join(base, id);
  const task: SampleTask = {
    folder,
    dataset: path.join(base, 'raw'),
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    write: async (file, content) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), content);
    },
    replace: async (file, from, to) => {
      const text = await task.read(file);
      if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
      await task.write(
        file,
        text.replace(from, () => to),
      );
    },
    editManifest: async (change) => {
      const value = JSON.parse(await task.read('task.json')) as TaskSpec;
      change(value);
      await task.write('task.json', `${JSON.stringify(value, null, 2)}\n`);
    },
    seal: async () => {
      const hashes = await hashPackage(folder);
      await task.editManifest((value) => {
        value.hashes = hashes;
      });
    },
    remove: () => rm(base, { recursive: true, force: true }),
  };
  return task;
}

/** Stones whose kind follows the product of two measures, with noise; codes have leading zeros. */
function rawTable(rows: number): string {
  let state = 12_345;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 8) & 0xffff) / 0x10000;
  };
  const lines = ['code,length,width,colour,shape,kind'];
  for (let row = 0; row < rows; row += 1) {
    const [length, width] = [random() * 2 - 1, random() * 2 - 1];
    const colour = ['red', 'grey', 'black'][Math.floor(random() * 3)] ?? 'red';
    const signal = length * width * 4 + length + (colour === 'red' ? 0.6 : 0) + (random() - 0.5) * 1.2;
    const kind = signal > 0.35 ? 'heavy' : 'light';
    const shape = random() < 0.05 ? '' : ['round', 'flat'][Math.floor(random() * 2)];
    const code = String(Math.floor(random() * 100_000)).padStart(6, '0');
    lines.push([code, length.toFixed(3), width.toFixed(3), colour, shape, kind].join(','));
  }
  return `${lines.join('\n')}\n`;
}

async function manifest(task: SampleTask, rows: number): Promise<TaskSpec> {
  return taskSpecSchema.parse({
    schema_version: 1,
    id: 'stones-weight-class',
    title: 'Is the stone heavy?',
    summary: 'Predict whether a stone is heavy from its measures.',
    dataset: {
      name: 'stones',
      sha256: await hashTree(task.dataset),
      licence: 'CC0-1.0',
      source: 'generated',
      files: ['stones.csv'],
    },
    modality: 'tabular',
    objective: 'binary-classification',
    target: { columns: ['kind'], derivation: 'The column kind of the raw table.' },
    features: { kept: ['code', 'length', 'width', 'colour', 'shape'], excluded: [] },
    split: { kind: 'stratified', by: ['kind'], test_fraction: 0.25, seed: 7, reason: 'Rows are independent.' },
    rows: { raw: rows, train: rows * (1 - TEST_SHARE), test: rows * TEST_SHARE, dropped: [] },
    metric: { name: 'accuracy', direction: 'maximize', best: 1, worst: 0, reason: 'Both kinds weigh the same.' },
    submission: {
      format: 'csv',
      id_column: 'id',
      columns: [
        {
          name: 'kind',
          dtype: 'label',
          description: 'The kind.',
          of: { column: 'kind', class: null },
          allowed: ['heavy', 'light'],
        },
      ],
    },
    seed: 7,
    requires: ['numpy', 'pandas', 'scikit-learn'],
    difficulty: null,
    provenance: { tool: 'test', engine: 'builtin', formulation: '0'.repeat(64), prompts: null },
    suppressions: [],
    hashes: await hashPackage(task.folder),
  });
}
