// Family PRE: faults in the built data, and in prepare.py when it is built again.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';
import { listed, verifyOnly } from '../../support/verify-task.ts';

let clean: SampleTask;
before(async () => {
  clean = await buildSampleTask(plainPython);
});
after(() => clean.remove());

interface Fault {
  readonly code: string;
  readonly name: string;
  plant(task: SampleTask): Promise<void>;
  readonly severity?: 'warning';
  readonly file: string;
  /** One-based line of the finding, where it is not the first. */
  readonly line?: number;
}

type Row = string[];
/** Rewrites the rows of a table below its header. */
const rows = (file: string, change: (rows: Row[]) => Row[]) => async (task: SampleTask) => {
  const [header = '', ...lines] = (await task.read(file)).trimEnd().split('\n');
  const changed = change(lines.map((line) => line.split(','))).map((row) => row.join(','));
  await task.write(file, `${[header, ...changed].join('\n')}\n`);
};
const column = (position: number, value: (row: Row, index: number) => string) => async (task: SampleTask) => {
  for (const part of ['train', 'test']) {
    await rows(`data/public/${part}.csv`, (all) => all.map((row, i) => row.with(position, value(row, i))))(task);
  }
};
const TRAIN = 'data/public/train.csv';
const TEST = 'data/public/test.csv';
const ANSWERS = 'data/private/test_answer.csv';
const PREPARE = 'prepare.py';
const prepareLine = 13;

/** Faults in the tables alone: no raw dataset is needed to see them. */
const builtFaults: readonly Fault[] = [
  {
    code: 'PRE006',
    name: 'rows of train are lost',
    plant: rows(TRAIN, (all) => all.slice(5)),
    file: 'task.json',
    line: 44,
  },
  {
    code: 'PRE006',
    name: 'the manifest counts more raw rows than it accounts for',
    plant: (task) => task.editManifest((value) => void Object.assign(value.rows, { raw: 1300 })),
    file: 'task.json',
    line: 43,
  },
  {
    code: 'PRE007',
    name: 'an id of train repeats',
    plant: rows(TRAIN, ([first, second, ...rest]) => [first ?? [], (second ?? []).with(0, first?.[0] ?? ''), ...rest]),
    file: TRAIN,
  },
  {
    code: 'PRE007',
    name: 'an id of test is in train',
    plant: async (task) => {
      const id = (await task.read(TRAIN)).split('\n')[1]?.split(',')[0] ?? '';
      await rows(TEST, ([first, ...rest]) => [(first ?? []).with(0, id), ...rest])(task);
    },
    file: TEST,
  },
  {
    code: 'PRE008',
    name: 'ids follow a column',
    plant: rows(TRAIN, (all) =>
      all.sort((a, b) => Number(a[2]) - Number(b[2])).map((row, i) => row.with(0, String(5000 + i))),
    ),
    severity: 'warning',
    file: TRAIN,
  },
  { code: 'PRE009', name: 'a test row has no answer', plant: rows(ANSWERS, (all) => all.slice(1)), file: ANSWERS },
  {
    code: 'PRE009',
    name: 'the sample submission lacks a row',
    plant: rows('data/public/sample_submission.csv', (all) => all.slice(1)),
    file: 'data/public/sample_submission.csv',
  },
  {
    code: 'PRE010',
    name: 'a class of test is not in train',
    plant: rows(ANSWERS, ([first, ...rest]) => [(first ?? []).with(1, 'feather'), ...rest]),
    file: ANSWERS,
    line: 2,
  },
  {
    code: 'PRE010',
    name: 'thirty classes of test are not in train, which is one finding',
    plant: rows(ANSWERS, (all) => all.map((row, i) => (i < 30 ? row.with(1, `kind ${i}`) : row))),
    file: ANSWERS,
    line: 2,
  },
  { code: 'PRE011', name: 'the test part has 49 rows', plant: rows(TEST, (all) => all.slice(0, 49)), file: TEST },
  {
    code: 'PRE011',
    name: 'the test part has 150 rows',
    plant: rows(TEST, (all) => all.slice(0, 150)),
    severity: 'warning',
    file: TEST,
  },
  {
    code: 'PRE012',
    name: 'a class of a macro metric has three test rows',
    plant: async (task) => {
      await task.editManifest((value) => void Object.assign(value.metric, { name: 'macro-f1' }));
      await rows(ANSWERS, (all) => all.map((row, i) => row.with(1, i < 3 ? 'heavy' : 'light')))(task);
    },
    file: ANSWERS,
    line: 2,
  },
  {
    code: 'PRE013',
    name: 'another share is held out than declared',
    plant: (task) => task.editManifest((value) => void Object.assign(value.split, { test_fraction: 0.4 })),
    severity: 'warning',
    file: 'task.json',
    line: 38,
  },
  {
    code: 'PRE014',
    name: 'test shows the target',
    plant: async (task) => {
      const lines = (await task.read(TEST)).trimEnd().split('\n');
      await task.write(TEST, `${lines.map((line, i) => `${line},${i === 0 ? 'kind' : 'heavy'}`).join('\n')}\n`);
    },
    file: TEST,
  },
  {
    code: 'PRE015',
    name: 'test has its columns in another order',
    plant: (task) => task.replace(TEST, 'length,width', 'width,length'),
    file: TEST,
  },
  {
    code: 'PRE016',
    name: 'an answer is missing',
    plant: rows(ANSWERS, ([first, ...rest]) => [(first ?? []).with(1, ''), ...rest]),
    file: ANSWERS,
  },
  {
    code: 'PRE018',
    name: 'a feature holds one value',
    plant: column(4, () => 'red'),
    severity: 'warning',
    file: TRAIN,
  },
  {
    code: 'PRE019',
    name: 'a media file is named by no table',
    plant: (task) => task.write('data/public/media/1.txt', 'x'),
    file: 'data/public/media/1.txt',
  },
  {
    code: 'PRE020',
    name: 'missing values are written as a word',
    plant: column(5, (row, i) => (i % 4 === 0 ? 'nan' : (row[5] ?? ''))),
    severity: 'warning',
    file: TRAIN,
    line: 2,
  },
  {
    code: 'PRE020',
    name: 'text is decoded twice',
    plant: column(4, (row, i) => (i === 2 ? 'grÃ¼n' : (row[4] ?? ''))),
    severity: 'warning',
    file: TRAIN,
    line: 4,
  },
];

/** Faults that show when the package is compared with its raw dataset. */
const rebuildFaults: readonly Fault[] = [
  {
    code: 'PRE001',
    name: 'prepare.py stops',
    plant: (task) => task.replace(PREPARE, 'raw / "stones.csv"', 'raw / "pebbles.csv"'),
    file: PREPARE,
    line: 14,
  },
  {
    code: 'PRE001',
    name: 'prepare.py asserts in vain',
    plant: (task) => task.replace(PREPARE, 'assert set', 'assert not set'),
    file: PREPARE,
    line: 25,
  },
  {
    code: 'PRE002',
    name: 'a draw is not seeded',
    plant: (task) => task.replace(PREPARE, 'default_rng(SEED)', 'default_rng()'),
    file: PREPARE,
    line: prepareLine,
  },
  {
    code: 'PRE002',
    name: 'an order comes from a set',
    plant: (task) => task.replace(PREPARE, '["id", *FEATURES]].to_csv', '["id", *set(FEATURES)]].to_csv'),
    file: PREPARE,
    line: prepareLine,
  },
  {
    code: 'PRE003',
    name: 'answers are appended',
    plant: (task) =>
      task.replace(PREPARE, '"test_answer.csv", index=False', '"test_answer.csv", index=False, mode="a"'),
    file: PREPARE,
    line: prepareLine,
  },
  {
    code: 'PRE004',
    name: 'the raw table is copied to public',
    plant: (task) => task.replace(PREPARE, '    assert', '    rows.to_csv(public / "all.csv")\n    assert'),
    file: PREPARE,
    line: prepareLine,
  },
  {
    code: 'PRE005',
    name: 'the raw table is rewritten',
    plant: (task) => task.replace(PREPARE, '    assert', '    (raw / "note.txt").write_text("was here")\n    assert'),
    file: PREPARE,
    line: 25,
  },
  {
    code: 'PRE017',
    name: 'codes lose their leading zeros',
    plant: column(1, (row) => String(Number(row[1]))),
    file: TRAIN,
  },
  {
    code: 'PRE021',
    name: 'drops are declared and not reported',
    plant: (task) => task.editManifest((value) => void value.rows.dropped.push({ count: 3, reason: 'too small' })),
    severity: 'warning',
    file: PREPARE,
    line: prepareLine,
  },
];

async function expectFound(fault: Fault, dataset: boolean): Promise<void> {
  const task = await copyTask(clean);
  try {
    await fault.plant(task);
    const { findings } = await verifyOnly(task, ['PRE'], { dataset });
    const found = findings.find((f) => f.code === fault.code && f.file === fault.file);
    assert.ok(found, listed(findings));
    assert.equal(found.severity, fault.severity ?? 'error', listed(findings));
    assert.equal(found.range.start.line + 1, fault.line ?? 1, listed(findings));
  } finally {
    await task.remove();
  }
}

describe('preparation checks', { concurrency: 2 }, () => {
  it('find nothing in a clean package', async () => {
    const report = await verifyOnly(clean, ['PRE']);
    assert.equal(listed(report.findings), '');
    const skipped = report.checks.filter(({ status }) => status === 'skipped').map(({ code }) => code);
    assert.deepEqual(skipped, ['PRE012'], 'accuracy weighs rows equally');
  });

  it('say that they cannot rebuild without the raw dataset', async () => {
    const { checks } = await verifyOnly(clean, ['PRE'], { dataset: false });
    const reasons = checks.filter(({ reason }) => reason === 'no raw dataset was given').map(({ code }) => code);
    assert.deepEqual(reasons, ['PRE001', 'PRE002', 'PRE003', 'PRE004', 'PRE005', 'PRE021', 'PRE017']);
  });

  for (const fault of builtFaults) it(`${fault.code} tells when ${fault.name}`, () => expectFound(fault, false));
  for (const fault of rebuildFaults) it(`${fault.code} tells when ${fault.name}`, () => expectFound(fault, true));
});
