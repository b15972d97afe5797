// The benchmark; scripts/bench.mjs starts it and lists its options.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPythonRuntime } from '../../src/runtime/runtime.ts';
import { makeWorkFolder } from '../../src/runtime/work-folder.ts';
import { layout } from '../../src/task/layout.ts';
import { silentLog } from '../../src/task/ports.ts';
import { affectedBy } from '../../src/verify/affected.ts';
import { createMemory } from '../../src/verify/cache/memory.ts';
import { readOptions } from '../support/options.ts';
import { type FullFigures, type SaveFigures, tablesOf } from './figures.ts';
import { type CountingRuntime, counting, type Measure, quantile, timed, withPeak } from './measure.ts';
import { forgeTasks, kinds, type Measured, stretch } from './tasks.ts';

const values = readOptions({
  rows: { type: 'string', default: '1000,10000,100000' },
  saves: { type: 'string', default: '30' },
  full: { type: 'string', default: kinds.join() },
  'table-rows': { type: 'string', default: '20000' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
if (values.quick) Object.assign(values, { rows: '1000', saves: '2', full: 'tabular', 'table-rows': '400' });

const python = process.env['MLE_FORGE_PYTHON'] ?? 'python3';
const start = (mode: 'auto' | 'cold'): CountingRuntime =>
  counting(createPythonRuntime({ python, isolation: 'required', mode, log: silentLog }));
const later = affectedBy(layout.metric)?.later ?? [];
const say = (text: string): unknown => process.stderr.write(`${text}\n`);

async function inNewInterpreters<Value>(measure: (runtime: CountingRuntime) => Promise<Value>): Promise<Value> {
  const runtime = start('cold');
  const value = await measure(runtime);
  await runtime.dispose();
  return value;
}

async function verifyFully({ kind, folder, dataset, rows }: Measured): Promise<FullFigures> {
  say(`${kind}: full verification`);
  const runtime = start('auto');
  const memory = createMemory();
  const cold = await timed({ folder, dataset, runtime, memory });
  const unchanged = await timed({ folder, dataset, runtime, memory });
  const warm = await withPeak(() => timed({ folder, dataset, runtime }));
  await runtime.dispose();
  const fresh = values.quick ? null : await inNewInterpreters((cold) => timed({ folder, dataset, runtime: cold }));
  return { kind, rows, cold, warm: { ...warm.value, peakMiB: warm.peakMiB }, unchanged, fresh };
}

/** Nobody saves twice without half a second between; what makes ready for the next job does so then. */
const BETWEEN_SAVES_MS = 500;

/** Saves as an editor answers them: first STR and MET, then the other families that depend on metric.py. */
async function save(task: Measured, rows: number, saves: number, work: string): Promise<SaveFigures> {
  say(`${rows} test rows: ${saves} saves of metric.py`);
  const folder = await stretch(task.folder, rows, work);
  const file = path.join(folder, layout.metric);
  const source = await readFile(file, 'utf8');
  const answer = async (runtime: CountingRuntime, number: number, memory = createMemory()) => {
    await writeFile(file, `${source}\n\ndef _revision() -> int:\n    return ${number}\n`);
    const common = { folder, dataset: task.dataset, runtime, memory };
    const first = await timed({ ...common, only: ['STR', 'MET'] });
    const rest = await timed({ ...common, only: ['STR', ...later] });
    const sum = (key: keyof Measure): number => first[key] + rest[key];
    return { first, settled: { wallMs: sum('wallMs'), cpuMs: sum('cpuMs') } };
  };
  const runtime = start('auto');
  const memory = createMemory();
  await timed({ folder, dataset: task.dataset, runtime, memory });
  const all: { first: Measure; settled: Measure }[] = [];
  for (let number = 1; number <= saves; number += 1) {
    await sleep(BETWEEN_SAVES_MS);
    all.push(await answer(runtime, number, memory));
  }
  await runtime.dispose();
  const again = (cold: CountingRuntime) => answer(cold, saves + 1, memory);
  const fresh = values.quick ? null : (await inNewInterpreters(again)).settled;
  const spread = (which: 'first' | 'settled') => {
    const walls = all.map((each) => each[which].wallMs);
    const cpuMedian = quantile(
      all.map((each) => each[which].cpuMs),
      0.5,
    );
    return { median: quantile(walls, 0.5), p90: quantile(walls, 0.9), cpuMedian };
  };
  return { rows, saves, first: spread('first'), settled: spread('settled'), fresh };
}

const listOf = (text: string): string[] => text.split(',').filter((item) => item !== '' && item !== 'none');
const work = await makeWorkFolder('bench');
try {
  const load = { before: loadavg()[0] ?? 0, after: 0 };
  const sizes = listOf(values.rows).map(Number);
  const wanted = kinds.filter((kind) => listOf(values.full).includes(kind));
  const needed = kinds.filter((kind) => wanted.includes(kind) || (kind === 'tabular' && sizes.length > 0));
  const forging = start('auto');
  say(`forging: ${needed.join(', ')}`);
  const tasks = await forgeTasks(needed, Number(values['table-rows']), work, forging);
  await forging.dispose();
  const full: FullFigures[] = [];
  for (const task of tasks) if (wanted.includes(task.kind)) full.push(await verifyFully(task));
  const saves: SaveFigures[] = [];
  const table = tasks.find(({ kind }) => kind === 'tabular');
  if (table !== undefined) for (const rows of sizes) saves.push(await save(table, rows, Number(values.saves), work));
  load.after = loadavg()[0] ?? 0;
  const figures = { load, cores: availableParallelism(), full, saves };
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${tablesOf(figures)}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}
