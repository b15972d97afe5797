// A clean task that the built-in engine cannot think of: a derived target in two columns, scored by a cost in money.
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { hashTree } from '../../src/task/hashing.ts';
import { hashPackage } from '../../src/task/package.ts';
import { type TaskSpec, taskSpecSchema } from '../../src/task/spec.ts';
import { buildTask, type SampleTask } from './sample-task.ts';
import { randomNumbers } from './tables.ts';

const ROWS = 1600;
/** As in its prepare.py. */
const TEST_SHARE = 0.25;

/** Builds the package from generated slips of a bakery; a quarter of the days are test rows. */
export function buildOwnMetricTask(runtime: PythonRuntime): Promise<SampleTask> {
  return buildTask(runtime, { id: 'bakery-daily-plan', sources: 'own-metric-task', raw: rawTables(), manifest });
}

/** Days, and what was sold and turned away of each product; demand follows weekday, weather and bookings, with noise. */
function rawTables(): Record<string, string> {
  const random = randomNumbers(5);
  const days = ['slip,weekday,holiday,temperature,rain,booked'];
  const sales = ['slip,product,sold,turned_away'];
  for (let row = 0; row < ROWS; row += 1) {
    const slip = `s${String(row * 7919 + 13).padStart(8, '0')}`;
    const weekday = Math.floor(random() * 7);
    const holiday = random() < 0.08;
    const [temperature, booked] = [random() * 30 - 2, Math.floor(random() * 25)];
    const rain = random() < 0.6 ? 0 : random() * 12;
    const weekend = weekday >= 5 || holiday;
    const noise = () => (random() + random() + random() - 1.5) * 9;
    const bread = 55 + (weekend ? 22 : weekday * 2) + (rain > 4 ? -14 : 0) + booked * 0.5 + noise();
    const cake = 14 + (weekend ? 13 : 0) + (temperature > 20 ? -7 : 3) + booked * (weekend ? 0.7 : 0.2) + noise() / 2;
    const hot = temperature.toFixed(1);
    const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    days.push([slip, names[weekday], holiday ? 'yes' : 'no', hot, rain.toFixed(1), booked].join(','));
    for (const [product, asked] of Object.entries({ bread, cake })) {
      const wanted = Math.max(0, Math.round(asked));
      const baked = Math.max(0, Math.round(asked + (random() - 0.3) * 20));
      const sold = Math.min(wanted, baked);
      sales.push([slip, product, sold, wanted - sold].join(','));
    }
  }
  return { 'days.csv': `${days.join('\n')}\n`, 'sales.csv': `${sales.join('\n')}\n` };
}

async function manifest(task: SampleTask): Promise<TaskSpec> {
  const planned = (name: string) => ({
    name,
    dtype: 'number',
    description: `How much ${name} to bake.`,
    of: { column: name, class: null },
    minimum: 0,
    maximum: 1000,
  });
  return taskSpecSchema.parse({
    schema_version: 1,
    id: 'bakery-daily-plan',
    title: 'How much should the bakery bake?',
    summary: 'Plan how much bread and cake a bakery needs on a day from the weather and the bookings.',
    dataset: {
      name: 'bakery',
      sha256: await hashTree(task.dataset),
      licence: 'CC0-1.0',
      source: 'generated',
      files: ['days.csv', 'sales.csv'],
    },
    modality: 'relational',
    objective: 'other',
    objective_definition: 'Plan two quantities for each day so that what is left over and what is missing cost least.',
    target: {
      columns: ['bread', 'cake'],
      derivation: 'What was asked for: the pieces sold and the customers turned away of each product, added up.',
    },
    features: {
      kept: ['weekday', 'holiday', 'temperature', 'rain', 'booked'],
      excluded: [
        { column: 'sold', reason: 'A part of the target.' },
        { column: 'turned_away', reason: 'A part of the target.' },
        { column: 'slip', reason: 'A running number.' },
      ],
    },
    split: { kind: 'random', by: [], test_fraction: TEST_SHARE, seed: 11, reason: 'The days are independent.' },
    rows: { raw: ROWS, train: ROWS * (1 - TEST_SHARE), test: ROWS * TEST_SHARE, dropped: [] },
    metric: {
      name: 'custom',
      label: 'Mean capped cost',
      definition: 'Euros that a plan costs per day: what is left over and what is missing of each product, at most 60.',
      direction: 'minimize',
      best: 0,
      worst: 60,
      reason: 'A loaf too many costs the bakery less than a loaf too few, and no bad day may rule the score.',
    },
    submission: { format: 'csv', id_column: 'id', columns: [planned('bread'), planned('cake')] },
    seed: 11,
    requires: ['numpy', 'pandas', 'scikit-learn'],
    difficulty: null,
    provenance: { tool: 'test', engine: 'test', formulation: '0'.repeat(64), prompts: null },
    suppressions: [],
    hashes: await hashPackage(task.folder),
  });
}
