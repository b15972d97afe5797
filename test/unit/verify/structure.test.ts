// Family STR: one fault planted at a time in a clean package; the code must name it, at its line.
import assert from 'node:assert/strict';
import { rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
  /** What is wrong, as a sentence. */
  readonly name: string;
  plant(task: SampleTask): Promise<void>;
  readonly file: string;
  /** One-based line of the finding; the start of the file when absent. */
  readonly line?: number;
}

const append = (file: string, text: string) => async (task: SampleTask) =>
  task.write(file, `${await task.read(file)}${text}`);

const faults: readonly Fault[] = [
  {
    code: 'STR001',
    name: 'the strong baseline is missing',
    plant: (task) =>
      rename(path.join(task.folder, 'baselines/strong.py'), path.join(task.folder, 'baselines/other.py')),
    file: 'task.json',
  },
  {
    code: 'STR001',
    name: 'the answers are empty',
    plant: (task) => task.write('data/private/test_answer.csv', ''),
    file: 'task.json',
  },
  {
    code: 'STR002',
    name: 'the manifest breaks off',
    plant: (task) => task.replace('task.json', '"stones-weight-class",', '"stones-weight-class"'),
    file: 'task.json',
    line: 4,
  },
  {
    code: 'STR002',
    name: 'an objective is misspelt',
    plant: (task) => task.replace('task.json', '"binary-classification"', '"binary"'),
    file: 'task.json',
    line: 16,
  },
  {
    code: 'STR002',
    name: 'the manifest has an entry that no one knows',
    plant: (task) => task.replace('task.json', '"modality"', '"mood": "good",\n  "modality"'),
    file: 'task.json',
    line: 15,
  },
  {
    code: 'STR003',
    name: 'the id is another one than the folder',
    plant: (task) => task.replace('task.json', '"stones-weight-class"', '"pebbles"'),
    file: 'task.json',
    line: 3,
  },
  {
    code: 'STR004',
    name: 'a bracket is left open',
    plant: (task) =>
      task.replace(
        'metric.py',
        'raise InvalidSubmissionError("The columns must be id and kind.")',
        'raise InvalidSubmissionError("x"',
      ),
    file: 'metric.py',
    line: 12,
  },
  {
    code: 'STR005',
    name: 'evaluate takes its tables in the other order',
    plant: (task) =>
      task.replace(
        'metric.py',
        'def evaluate(submission: pd.DataFrame, answers: pd.DataFrame)',
        'def evaluate(answers: pd.DataFrame, submission: pd.DataFrame)',
      ),
    file: 'metric.py',
    line: 19,
  },
  {
    code: 'STR005',
    name: 'solve needs an argument that nobody gives',
    plant: (task) => task.replace('baselines/simple.py', 'submission: Path)', 'submission: Path, depth: int)'),
    file: 'baselines/simple.py',
    line: 9,
  },
  {
    code: 'STR006',
    name: 'bad submissions raise ValueError',
    plant: async (task) =>
      task.write(
        'metric.py',
        (await task.read('metric.py')).replaceAll('raise InvalidSubmissionError', 'raise ValueError'),
      ),
    file: 'metric.py',
    line: 6,
  },
  {
    code: 'STR007',
    name: 'a package is imported that the manifest does not require',
    plant: (task) => task.replace('baselines/strong.py', 'import pandas as pd', 'import xgboost\nimport pandas as pd'),
    file: 'baselines/strong.py',
    line: 5,
  },
  {
    code: 'STR007',
    name: 'the tool itself is imported',
    plant: (task) =>
      task.replace('prepare.py', 'import numpy as np', 'from forge_runtime import package\nimport numpy as np'),
    file: 'prepare.py',
    line: 5,
  },
  {
    code: 'STR008',
    name: 'a name is never bound',
    plant: (task) => task.replace('metric.py', 'raise InvalidSubmissionError("kind', 'raise InvalidSubmission("kind'),
    file: 'metric.py',
    line: 16,
  },
  {
    code: 'STR009',
    name: 'a path exists on one machine only',
    plant: (task) => task.replace('prepare.py', 'raw / "stones.csv"', '"/home/someone/stones.csv"'),
    file: 'prepare.py',
    line: 14,
  },
  {
    code: 'STR010',
    name: 'a split draws without random_state',
    plant: (task) => task.replace('prepare.py', ', random_state=SEED', ''),
    file: 'prepare.py',
    line: 17,
  },
  {
    code: 'STR010',
    name: 'a generator starts anywhere',
    plant: (task) => task.replace('prepare.py', 'default_rng(SEED)', 'default_rng()'),
    file: 'prepare.py',
    line: 15,
  },
  {
    code: 'STR011',
    name: 'a baseline calls the network',
    plant: (task) =>
      task.replace('baselines/simple.py', 'import pandas as pd', 'import urllib.request\nimport pandas as pd'),
    file: 'baselines/simple.py',
    line: 5,
  },
  {
    code: 'STR011',
    name: 'the metric reads a file',
    plant: (task) =>
      task.replace('metric.py', '    validate_submission(submission, answers)', '    answers = pd.read_csv("x.csv")'),
    file: 'metric.py',
    line: 20,
  },
  {
    code: 'STR022',
    name: 'the grader swallows whatever breaks',
    plant: append(
      'metric.py',
      '\n\ndef safe(a, b):\n    try:\n        return evaluate(a, b)\n    except:\n        return 0.0\n',
    ),
    file: 'metric.py',
    line: 28,
  },
  {
    code: 'STR022',
    name: 'a baseline passes over every exception',
    plant: append('baselines/simple.py', '\n\ntry:\n    import nothing_at_all\nexcept Exception:\n    pass\n'),
    file: 'baselines/simple.py',
    line: 19,
  },
  {
    code: 'STR012',
    name: 'a public file is a link to the answers',
    plant: (task) => symlink('../private/test_answer.csv', path.join(task.folder, 'data/public/more.csv')),
    file: 'data/public/more.csv',
  },
  {
    code: 'STR013',
    name: 'a file is left over',
    plant: (task) => task.write('data/public/notes.txt', 'left over'),
    file: 'data/public/notes.txt',
  },
  { code: 'STR014', name: 'a file was edited later', plant: append('metric.py', '\n'), file: 'metric.py' },
  {
    code: 'STR015',
    name: 'a row has a field too many',
    plant: append('data/public/test.csv', '9999,1,2,3,4,5,6\n'),
    file: 'data/public/test.csv',
    line: 302,
  },
  {
    code: 'STR015',
    name: 'a table is in Latin-1',
    plant: (task) =>
      writeFile(path.join(task.folder, 'data/public/extra.csv'), Buffer.from('id,a\n1,caf\xe9\n', 'latin1')),
    file: 'data/public/extra.csv',
    line: 2,
  },
  {
    code: 'STR016',
    name: 'a line hides a payload',
    plant: append('prepare.py', `BLOB = "${'A'.repeat(3000)}"\n`),
    file: 'prepare.py',
    line: 32,
  },
  {
    code: 'STR017',
    name: 'a column is not described',
    plant: (task) => task.replace('description.md', ', `shape`', ''),
    file: 'description.md',
  },
  {
    code: 'STR018',
    name: 'the description tells where the answers are',
    plant: append('description.md', '\nThe answers are in test_answer.csv.\n'),
    file: 'description.md',
    line: 28,
  },
  {
    code: 'STR019',
    name: 'the manifest promises a column that is not there',
    plant: (task) => task.editManifest((value) => void value.features.kept.push('weight')),
    file: 'data/public/test.csv',
    line: 1,
  },
  {
    code: 'STR020',
    name: 'the metric is minimised',
    plant: (task) => task.replace('task.json', '"maximize"', '"minimize"'),
    file: 'task.json',
    line: 50,
  },
  {
    code: 'STR021',
    name: 'competitors read another description',
    plant: append('data/public/description.md', '\nMore.\n'),
    file: 'data/public/description.md',
  },
];

describe('structure checks', { concurrency: 2 }, () => {
  it('find nothing in a clean package', async () => {
    assert.deepEqual((await verifyOnly(clean, ['STR'])).findings, []);
  });

  for (const fault of faults) {
    it(`${fault.code} tells when ${fault.name}`, async () => {
      const task = await copyTask(clean);
      try {
        await fault.plant(task);
        const { findings } = await verifyOnly(task, ['STR']);
        const found = findings.find((f) => f.code === fault.code && f.file === fault.file);
        const all = listed(findings);
        assert.ok(found, all);
        assert.equal(found.range.start.line + 1, fault.line ?? 1, all);
        assert.ok(found.message.length > 20 && found.remedy.length > 10);
      } finally {
        await task.remove();
      }
    });
  }
});
