// Family REV over texts with one fault each. Figures of the data are made up here; test_review.py measures them.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TaskSpec } from '../../../src/task/spec.ts';
import { noMemory } from '../../../src/verify/cache/memory.ts';
import type { CheckContext } from '../../../src/verify/check.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { reviewFamily } from '../../../src/verify/review/family.ts';
import type { ColumnFacts, ReviewFacts } from '../../../src/verify/review/probe.ts';

const DESCRIPTION = `# Which crop grows on the field?

Predict the crop of every field from its soil and its weather. The fields lie in one valley, each is a farm of its own, and
the harvest of the year was written down by the farmers themselves. A model of it helps to plan the storage of grain long
before the harvest begins, when only the weather of the spring is known. Fields differ much in size and in age.

## Data

- \`train.csv\`: fields with their crop.
- \`test.csv\`: fields whose crop is asked.
- \`sample_submission.csv\`: the format.

| Column | Type | Given in | Meaning |
|---|---|---|---|
| \`id\` | integer | train, test | Identifies the field. |
| \`rain\` | number | train, test | Rain in spring; 10 to 95.5 mm. |
| \`sown\` | date | train, test | Day of sowing. |
| \`crop\` | class | train | **Target.** The crop; one of barley, oats, wheat. |

## Evaluation

Submissions are scored by **Macro F1**, the mean of the harmonic means of precision and recall over the 3 classes. Higher is
better: 1 is perfect.

## Submission

\`\`\`csv
id,crop
4,barley
9,wheat
\`\`\`
`;

const number = { train: true, test: true, known: 900, numbers: 1, decimals: 0.4, dates: 0, minimum: 10, maximum: 95 };
const columns: Record<string, ColumnFacts> = {
  id: { ...number, decimals: 0 },
  rain: number,
  sown: { ...number, numbers: 0, decimals: 0, dates: 1, minimum: null, maximum: null },
  crop: { ...number, test: false, numbers: 0, decimals: 0, minimum: null, maximum: null },
};
const facts: ReviewFacts = {
  columns,
  targets: [{ name: 'crop', classes: { barley: 300, oats: 300, wheat: 300 }, numbers: null }],
  horizon: null,
  personal: [],
  restated: { named: 0, right: 0, log10Chance: 0, line: null, rows: 300 },
};

const manifest = {
  id: 'valley-crops-crop',
  title: 'Which crop grows on the field?',
  summary: 'Predict the crop of a field; scored by Macro F1.',
  dataset: { name: 'valley', licence: 'CC0-1.0', files: ['fields.csv'] },
  objective: 'multiclass-classification',
  target: { columns: ['crop'], derivation: 'The column crop.' },
  split: { kind: 'random', reason: 'Fields are independent.' },
  metric: { name: 'macro-f1', direction: 'maximize', best: 1, reason: 'Every crop counts.' },
  submission: {
    id_column: 'id',
    columns: [
      {
        name: 'crop',
        dtype: 'label',
        description: 'The crop.',
        of: { column: 'crop', class: null },
        allowed: ['barley', 'oats', 'wheat'],
      },
    ],
  },
};
type Draft = typeof manifest;

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'review-'));
});
after(() => rm(folder, { recursive: true, force: true }));

interface Fault {
  readonly code: string;
  readonly name: string;
  readonly text?: (text: string) => string;
  readonly task?: (task: Draft) => void;
  readonly data?: Partial<ReviewFacts>;
  /** What the finding's range covers in its file. */
  readonly quote?: string;
  readonly severity?: 'error' | 'warning' | 'information';
}

let serial = 0;
async function review(fault: Omit<Fault, 'code' | 'name'>): Promise<{ line: string; quote: string }[]> {
  serial += 1;
  const place = path.join(folder, String(serial));
  const text = fault.text === undefined ? DESCRIPTION : fault.text(DESCRIPTION);
  if (fault.text !== undefined) assert.notEqual(text, DESCRIPTION, 'the fault is planted');
  const task = structuredClone(manifest);
  fault.task?.(task);
  await mkdir(path.join(place, 'data/public'), { recursive: true });
  for (const file of ['train.csv', 'test.csv', 'sample_submission.csv'])
    await writeFile(path.join(place, 'data/public', file), 'id\n');
  await writeFile(path.join(place, 'description.md'), text);
  await writeFile(path.join(place, 'task.json'), JSON.stringify(task, null, 2));
  const value = { ...facts, ...fault.data };
  const files = new PackageFiles(place);
  const runtime = { run: async () => ({ kind: 'done', value }) };
  const signal = new AbortController().signal;
  const context = {
    folder: place,
    files,
    manifest: task as unknown as TaskSpec,
    runtime,
    signal,
    memory: noMemory(),
  } as unknown as CheckContext;
  const found = [];
  for await (const { findings } of reviewFamily.run(context)) {
    for (const { code, severity, file, range, message } of findings) {
      const lines = ((await files.text(file)) ?? '').split('\n');
      const quote =
        range.start.line === range.end.line
          ? (lines[range.start.line] ?? '').slice(range.start.character, range.end.character)
          : '';
      found.push({ line: `${code} ${severity} ${message}`, quote });
    }
  }
  return found;
}

const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, () => to);
const add = (sentence: string) => (text: string) => `${text}\n${sentence}\n`;
const personal = (kind: string, distinct: number) => [
  { column: 'note', part: 'train' as const, kind, count: distinct, distinct, example: 'a***@***.**', line: 2 },
];
const target = (numbers: { minimum: number; maximum: number; skew: number; nearZero: number }) => ({
  targets: [{ name: 'crop', classes: {}, numbers }],
});
const numbers = { minimum: 1, maximum: 9, skew: 0.5, nearZero: 0 };

const faults: readonly Fault[] = [
  {
    code: 'REV001',
    name: 'a file of an earlier version',
    text: swap('`train.csv`', '`train.csv` and `extra/soil_maps.parquet`'),
    quote: 'extra/soil_maps.parquet',
  },
  {
    code: 'REV001',
    name: 'code that stays outside',
    text: add('The score is computed by metric.py.'),
    quote: 'metric.py',
  },
  {
    code: 'REV001',
    name: 'a file that a dataset of a whole folder does not hold',
    text: swap('`train.csv`', '`train.csv` and `extra/soil_maps.parquet`'),
    task: (task) => Object.assign(task.dataset, { files: ['.'] }),
    quote: 'extra/soil_maps.parquet',
  },
  {
    code: 'REV002',
    name: 'a name of the metric that stands beside its other name',
    text: (text) => text.replace(/Macro F1[^.]*/, 'Root mean squared error, in short rmse'),
    task: (task) => Object.assign(task.metric, { name: 'rmse' }),
    quote: 'Root mean squared error',
  },
  { code: 'REV002', name: 'a metric without a word on it', text: swap(/, the mean of[^.]*/, ''), quote: 'Macro F1' },
  {
    code: 'REV002',
    name: 'another metric without a word on it',
    text: (text) => text.replace(/Macro F1[^.]*/, 'mcc'),
    task: (task) => Object.assign(task.metric, { name: 'mcc' }),
    quote: 'mcc',
  },
  { code: 'REV003', name: 'no example', text: swap(/```csv[^`]*```/, '') },
  { code: 'REV003', name: 'an example with another header', text: swap('id,crop', 'id,label'), quote: 'id,label' },
  {
    code: 'REV003',
    name: 'an example with a label that is refused',
    text: swap('9,wheat', '9,Wheat'),
    quote: '9,Wheat',
  },
  { code: 'REV003', name: 'an example with a field too many', text: swap('9,wheat', '9,wheat,1'), quote: '9,wheat,1' },
  { code: 'REV004', name: 'a label that is not listed', text: (text) => text.replaceAll('oats', 'others') },
  {
    code: 'REV004',
    name: 'a label that only a longer word holds',
    text: (text) => text.replaceAll('wheat', 'buckwheat').replace('9,buckwheat', '9,barley'),
  },
  {
    code: 'REV005',
    name: 'a column that does not exist',
    text: swap('| `sown`', '| `harvest`'),
    quote: '| `harvest` | date | train, test | Day of sowing. |',
  },
  {
    code: 'REV005',
    name: 'a number that is a word',
    data: { columns: { ...columns, rain: { ...number, numbers: 0.1 } } },
    quote: '| `rain` | number | train, test | Rain in spring; 10 to 95.5 mm. |',
  },
  { code: 'REV005', name: 'a date that is none', data: { columns: { ...columns, sown: { ...number, numbers: 0.2 } } } },
  { code: 'REV005', name: 'a range that values leave', text: swap('10 to 95.5', '10 to 55.5') },
  { code: 'REV005', name: 'a part that has it not', text: swap('| class | train |', '| class | train, test |') },
  {
    code: 'REV005',
    name: 'a class that nobody asks',
    text: swap('one of barley, oats, wheat', 'one of barley, oats, wheat, rye'),
  },
  { code: 'REV006', name: 'an unfinished sentence', text: add('The source of the data is TBD.'), quote: 'TBD' },
  { code: 'REV006', name: 'a template', text: add('Contact {{organiser}} for help.'), quote: '{{organiser}}' },
  {
    code: 'REV006',
    name: 'an unfinished summary',
    task: (task) => Object.assign(task, { summary: '[Insert summary here] Macro F1' }),
  },
  { code: 'REV007', name: 'the seed', text: add('The split was drawn with seed 42.'), quote: 'seed 42' },
  {
    code: 'REV007',
    name: 'the function',
    text: add('We used train_test_split on the table.'),
    quote: 'train_test_split',
  },
  { code: 'REV007', name: 'a home folder', text: add('Originals: /home/ann/fields.'), quote: '/home/ann/fields' },
  {
    code: 'REV008',
    name: 'four right answers',
    data: { restated: { named: 4, right: 4, log10Chance: -4, line: 3, rows: 300 } },
    severity: 'error',
  },
  {
    code: 'REV008',
    name: 'one unlikely answer',
    data: { restated: { named: 2, right: 1, log10Chance: -3.4, line: 7, rows: 300 } },
    severity: 'error',
  },
  {
    code: 'REV008',
    name: 'nine right answers beside examples of invented ones',
    data: { restated: { named: 12, right: 9, log10Chance: -4, line: 3, rows: 300 } },
    severity: 'error',
  },
  {
    code: 'REV009',
    name: 'accuracy with a majority',
    task: (task) => Object.assign(task.metric, { name: 'accuracy' }),
    text: swap('Macro F1', 'Accuracy'),
    data: { targets: [{ name: 'crop', classes: { oats: 880, wheat: 20 }, numbers: null }] },
  },
  {
    code: 'REV009',
    name: 'levels as classes',
    data: { targets: [{ name: 'crop', classes: { Low: 5, High: 5, Medium: 5 }, numbers: null }] },
  },
  {
    code: 'REV009',
    name: 'percentages near zero',
    task: (task) => Object.assign(task.metric, { name: 'mape', direction: 'minimize' }),
    data: target({ ...numbers, nearZero: 0.2 }),
  },
  {
    code: 'REV009',
    name: 'squares of a skewed target',
    task: (task) => Object.assign(task.metric, { name: 'rmse', direction: 'minimize' }),
    data: target({ ...numbers, skew: 8 }),
  },
  {
    code: 'REV009',
    name: 'R² over a week',
    task: (task) => Object.assign(task.metric, { name: 'r2' }),
    data: { horizon: 7 },
  },
  {
    code: 'REV010',
    name: 'unknown',
    task: (task) => Object.assign(task.dataset, { licence: 'unknown' }),
    quote: '"licence"',
  },
  { code: 'REV010', name: 'empty', task: (task) => Object.assign(task.dataset, { licence: ' ' }), quote: '"licence"' },
  { code: 'REV011', name: 'addresses', data: { personal: personal('e-mail addresses', 12) } },
  { code: 'REV011', name: 'numbers', data: { personal: personal('telephone numbers', 3) } },
  {
    code: 'REV012',
    name: 'religion',
    task: (task) => Object.assign(task.target, { columns: ['ReligiousGroup'] }),
    severity: 'information',
  },
  {
    code: 'REV012',
    name: 'health',
    task: (task) => Object.assign(task, { title: 'Which crop, which heart_disease field?' }),
    severity: 'information',
  },
  {
    code: 'REV013',
    name: 'the wrong direction',
    text: swap(/Higher is\nbetter/, 'Lower is better'),
    quote: 'Lower is better',
    severity: 'error',
  },
  {
    code: 'REV013',
    name: 'another metric in the summary',
    task: (task) => Object.assign(task, { summary: 'Predict the crop; scored by balanced accuracy.' }),
    quote: '"summary"',
    severity: 'error',
  },
  {
    code: 'REV013',
    name: 'another number of classes',
    text: swap('3 classes', 'five classes'),
    quote: 'five classes',
    severity: 'warning',
  },
  {
    code: 'REV013',
    name: 'the headline of another task',
    text: swap('# Which crop grows on the field?', '# How old is the tractor'),
    quote: '# How old is the tractor',
    severity: 'warning',
  },
  {
    code: 'REV013',
    name: 'the id of another task',
    text: add('See valley-crops-yield-forecast.'),
    quote: 'valley-crops-yield-forecast',
    severity: 'warning',
  },
  {
    code: 'REV014',
    name: 'a stub',
    text: (text) => text.replace(/Predict the crop of[\s\S]*?## Data/, '## Data').replace(/\. A model[^.]*/, ''),
    severity: 'information',
  },
  {
    code: 'REV014',
    name: 'no headings',
    text: (text) => add('The fields are many and the years are long. '.repeat(20))(text.replaceAll('## ', '')),
    severity: 'information',
  },
  {
    code: 'REV014',
    name: 'a column without a meaning',
    text: swap('Day of sowing.', '-'),
    quote: '| `sown` | date | train, test | - |',
    severity: 'information',
  },
];

describe('review rules', { concurrency: 4 }, () => {
  it('find nothing in a sound text', async () => {
    assert.deepEqual(await review({}), []);
  });

  it('allow what only looks like a fault', async () => {
    const honest = [
      'A submission must be reproducible: fix the seeds of your code. Write it to `submission.csv`.',
      'Cite https://example.org/data/fields_2020.csv and [the paper](https://example.org/home/x.zip).',
      'The loss $\\frac{a}{b}$ is `{{not}}` shown; TODO lists are welcome elsewhere, but `TODO` is quoted here.',
    ].join('\n');
    assert.deepEqual(
      (await review({ text: add(honest.replace('TODO lists are welcome elsewhere, but ', '')) })).map(
        ({ line }) => line,
      ),
      [],
    );
    const calm = {
      personal: personal('e-mail addresses', 2),
      restated: { named: 3, right: 1, log10Chance: -0.5, line: 3, rows: 300 },
    };
    assert.deepEqual(await review({ data: calm }), []);
    assert.deepEqual(
      await review({ data: { restated: { named: 50, right: 50, log10Chance: -20, line: 3, rows: 300 } } }),
      [],
    );
  });

  for (const { code, name, quote, severity = 'warning', ...fault } of faults) {
    it(`${code} tells of ${name}`, async () => {
      const found = await review(fault);
      const mine = found.filter(({ line }) => line.startsWith(`${code} ${severity} `));
      assert.ok(mine.length > 0, JSON.stringify(found, null, 1));
      if (quote !== undefined) assert.equal(mine[0]?.quote, quote);
    });
  }
});
