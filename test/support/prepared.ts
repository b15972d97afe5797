// Builds the data of formulations with their generated prepare.py, twice: a second interpreter with another hash seed
// must give the same bytes over the first one's output.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { Formulation } from '../../src/blueprints/formulation.ts';
import { renderPrepare } from '../../src/blueprints/prepare/render.ts';
import type { DatasetProfile } from '../../src/dataset/profile.ts';
import { emptyProfile } from './formulations.ts';

const root = path.resolve(import.meta.dirname, '../..');
const venv = path.join(root, '.cache/venv/bin/python');
const python = process.env['MLE_FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Prepared {
  readonly error: string | null;
  readonly printed: readonly string[];
  readonly digests: Readonly<Record<string, string>>;
  readonly rawUntouched: boolean;
  readonly train: Table;
  readonly test: Table;
  readonly sample: Table;
  readonly answers: Table;
  /** Folder with `public` and `private`. */
  readonly out: string;
}

export interface Task {
  /** Folder of the raw dataset. */
  readonly raw: string;
  readonly formulation: Formulation;
  readonly profile?: DatasetProfile;
}

/** A folder that lives as long as the test file. */
export function fileFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mle-forge-blueprints-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Datasets of test/support/raw_data.py, one folder each. */
export function pythonRawData(folder: string): string {
  const raw = path.join(folder, 'raw');
  run([path.join(root, 'test/support/raw_data.py'), raw], '');
  return raw;
}

/** Builds every task twice. Fails where the two builds differ or the raw data were touched. */
export function prepareAll<Name extends string>(folder: string, tasks: Record<Name, Task>): Record<Name, Prepared> {
  const names = Object.keys(tasks) as Name[];
  const jobs = names.map((name) => {
    const { raw, formulation, profile = emptyProfile } = tasks[name];
    const script = path.join(folder, `${name}.py`);
    writeFileSync(script, renderPrepare(formulation, profile));
    return { name, script, raw, out: path.join(folder, 'out', name) };
  });
  const build = (hashSeed: string) =>
    JSON.parse(run([path.join(root, 'test/support/build_tasks.py')], JSON.stringify(jobs), hashSeed)) as Record<
      Name,
      Prepared
    >;
  const [first, second] = [build('1'), build('2')];
  for (const name of names) {
    assert.deepEqual(second[name], first[name], `${name} differs in another interpreter`);
    if (first[name].error === null) assert.ok(first[name].rawUntouched, `${name} touched the raw data`);
  }
  const built = names.map((name) => [name, { ...first[name], out: path.join(folder, 'out', name) }] as const);
  return Object.fromEntries(built) as Record<Name, Prepared>;
}

/** Runs Python code that prints JSON; `args` are its sys.argv[1:]. */
export function askPython(code: string, ...args: string[]): unknown {
  return JSON.parse(run(['-c', code, ...args], ''));
}

function run(args: readonly string[], input: string, hashSeed = '0'): string {
  const env = { PATH: process.env['PATH'], PYTHONHASHSEED: hashSeed, PYTHONDONTWRITEBYTECODE: '1' };
  const outcome = spawnSync(python, args, { input, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(outcome.status, 0, outcome.stderr);
  return outcome.stdout;
}

/** The values of a column. */
export function column({ columns, rows }: Table, name: string): string[] {
  const index = columns.indexOf(name);
  assert.notEqual(index, -1, `no column ${JSON.stringify(name)} in ${columns.join(', ')}`);
  return rows.map((row) => row[index] ?? '');
}

/** Values of a column in train and test together. */
export function both({ train, test }: Prepared, name: string): string[] {
  return [...column(train, name), ...column(test, name)];
}

/** What every build must keep to, whatever the task. */
export function assertSound(built: Prepared, rows: number): void {
  assert.equal(built.error, null);
  const dropped = built.printed.map((line) => Number(/^dropped (\d+) rows: ./.exec(line)?.[1] ?? Number.NaN));
  const kept = built.train.rows.length + built.test.rows.length;
  assert.equal(kept + dropped.reduce((sum, count) => sum + count, 0), rows, 'rows are conserved');
  const ids = both(built, 'id').map(Number);
  assert.deepEqual(
    [...ids].sort((a, b) => a - b),
    [...ids.keys()],
    'ids are the numbers from 0',
  );
  assert.deepEqual(column(built.sample, 'id'), column(built.test, 'id'));
  assert.deepEqual(column(built.answers, 'id'), column(built.test, 'id'));
  for (const table of [built.train, built.test, built.sample, built.answers]) {
    assert.equal(table.columns[0], 'id');
    assert.ok(table.rows.every((row) => row.length === table.columns.length));
  }
}
