// The tasks that are measured: forged from generated data by the built-in engine.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { forge } from '../../src/forge/forge.ts';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { readTask } from '../../src/task/package.ts';
import { silentLog, systemClock } from '../../src/task/ports.ts';
import { forgeBases } from '../defects/clean-packages.ts';

export const kinds = ['tabular', 'text', 'image', 'audio'] as const;
export type Kind = (typeof kinds)[number];

export interface Measured {
  readonly kind: Kind;
  readonly folder: string;
  readonly dataset: string;
  /** Train and test rows together. */
  readonly rows: number;
}

/** One task of each kind, with `tableRows` rows in the table. */
export async function forgeTasks(
  wanted: readonly Kind[],
  tableRows: number,
  work: string,
  runtime: PythonRuntime,
): Promise<Measured[]> {
  const tasks: { kind: Kind; folder: string; dataset: string }[] = [];
  if (wanted.includes('tabular')) {
    const dataset = await writeTable(path.join(work, 'stones'), tableRows);
    const out = path.join(work, 'tasks');
    const ports = { runtime, clock: systemClock, log: silentLog, signal: new AbortController().signal };
    let folder: string | undefined;
    for await (const event of forge({ dataset, out, maxTasks: 1, seed: 0, keepRejected: false }, ports))
      if (event.type === 'accepted') folder = event.path;
    if (folder === undefined) throw new Error('the engine forged no task from the table');
    tasks.push({ kind: 'tabular', folder, dataset });
  }
  const media = wanted.filter((kind) => kind !== 'tabular');
  const { bases } = await forgeBases(media, path.join(work, 'media'), runtime);
  for (const kind of media) {
    const base = bases.get(kind);
    if (base !== undefined) tasks.push({ kind, folder: base.folder, dataset: base.dataset });
  }
  return Promise.all(
    tasks.map(async (task) => {
      const { rows } = await readTask(task.folder);
      return { ...task, rows: rows.train + rows.test };
    }),
  );
}

/** A table whose target follows two of its columns, with noise; always the same. */
async function writeTable(folder: string, rows: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['length,width,height,colour,price'];
  for (let row = 0; row < rows; row += 1) {
    const [a, b, c] = [random() * 10, random() * 5, random()];
    const colour = ['red', 'grey', 'black'][Math.floor(random() * 3)] ?? 'red';
    const price = 20 + a * b + (colour === 'red' ? 5 : 0) + (random() - 0.5) * 6;
    lines.push([a.toFixed(4), b.toFixed(4), c.toFixed(4), colour, price.toFixed(3)].join(','));
  }
  await writeFile(path.join(folder, 'stones.csv'), `${lines.join('\n')}\n`);
  return folder;
}

/** A copy of a task with `rows` test rows: those it has, again and again under new ids. */
export async function stretch(task: string, rows: number, work: string): Promise<string> {
  const copy = path.join(work, `rows-${rows}`, path.basename(task));
  await cp(task, copy, { recursive: true });
  for (const file of ['public/test.csv', 'public/sample_submission.csv', 'private/test_answer.csv']) {
    const target = path.join(copy, 'data', file);
    const [header = '', ...lines] = (await readFile(target, 'utf8')).trimEnd().split('\n');
    const body = Array.from({ length: rows }, (_, row) => {
      const line = lines[row % lines.length] ?? '';
      return `${(row * 7919 + 1e9).toString(36)}${line.slice(line.indexOf(','))}`;
    });
    await writeFile(target, `${[header, ...body].join('\n')}\n`);
  }
  const manifest = path.join(copy, 'task.json');
  const spec = JSON.parse(await readFile(manifest, 'utf8')) as { rows: { test: number } };
  spec.rows.test = rows;
  await writeFile(manifest, JSON.stringify(spec, null, 2));
  return copy;
}
