// One submission graded: valid ones get a score with an interval, hostile ones a sentence.
import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gradeSubmission } from '../../../src/verify/runs/grade-submission.ts';
import { plainPython } from '../../support/plain-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../support/sample-task.ts';

const options = { runtime: plainPython, signal: new AbortController().signal };
let task: SampleTask;
let answers: string;
before(async () => {
  task = await buildSampleTask(plainPython);
  answers = await task.read('data/private/test_answer.csv');
});
after(() => task.remove());

async function grade(content: string | Buffer, name = 'entry.csv') {
  const file = path.join(path.dirname(task.folder), name);
  await writeFile(file, content);
  return gradeSubmission(task.folder, file, options);
}

describe('grading a submission', () => {
  it('scores the answers as perfect, in any order of rows', async () => {
    const [header, ...rows] = answers.trimEnd().split('\n');
    const result = await grade(`${[header, ...rows.reverse()].join('\n')}\n`);
    assert.deepEqual(result, { valid: true, score: 1, ci95: [1, 1], direction: 'maximize' });
  });

  it('gives an interval around the score of the sample submission', async () => {
    const result = await grade(await task.read('data/public/sample_submission.csv'));
    assert.ok(result.valid && result.ci95[0] < result.score && result.score < result.ci95[1]);
    assert.ok(result.valid && result.ci95[1] - result.ci95[0] < 0.2, 'about 11 points wide at 300 rows');
  });

  const [header = '', first = '', ...rest] = ['id,kind', '1,heavy', '2,light'];
  const hostile: readonly (readonly [string, () => Promise<string | Buffer>, RegExp])[] = [
    ['an empty file', async () => '', /empty/],
    ['a file without rows', async () => `${header}\n`, /Every id/],
    ['a row that is missing', async () => answers.trimEnd().split('\n').slice(0, -1).join('\n'), /Every id/],
    ['a row that repeats', async () => `${answers}${answers.split('\n')[1]}\n`, /Every id/],
    ['formula cells', async () => answers.replace(/heavy|light/, '"=HYPERLINK(""http://x"")"'), /heavy or light/],
    [
      'a path as an id',
      async () => `${header}\n../../private/test_answer.csv,heavy\n${first}\n${rest[0]}\n`,
      /Every id/,
    ],
    ['fields beyond the header', async () => answers.replaceAll(/(heavy|light)/g, '$1,x'), /fields/],
    [
      'bytes that are no text',
      async () => Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0, 0x0a, 0xff]),
      /cannot be read/,
    ],
  ];
  for (const [name, content, message] of hostile) {
    it(`refuses ${name}`, async () => {
      const result = await grade(await content());
      assert.ok(!result.valid);
      assert.match(result.error, message);
    });
  }

  it('does not follow a link to the answers', async () => {
    const link = path.join(path.dirname(task.folder), 'link.csv');
    await symlink(path.join(task.folder, 'data/private/test_answer.csv'), link);
    const result = await gradeSubmission(task.folder, link, options);
    assert.ok(!result.valid);
    assert.match(result.error, /symbolic link/);
  });

  it('tells a broken metric from a bad submission', async () => {
    const broken = await copyTask(task);
    await broken.replace('metric.py', 'return float(', 'return float("nan") * float(');
    await assert.rejects(
      gradeSubmission(broken.folder, path.join(broken.folder, 'data/private/test_answer.csv'), options),
      {
        code: 'METRIC_BROKEN',
      },
    );
    await broken.remove();
  });
});
