// Which layout a folder has is told by what is in it, and by nothing else.
import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { recognise } from '../../../src/exchange/recognise.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import type { ForeignTask } from '../../../src/task/foreign.ts';
import { benchTask, dojoTask, plainTask } from '../../support/foreign-tasks.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

async function foreign(t: TestContext, files: Readonly<Record<string, string>>): Promise<ForeignTask> {
  const recognition = await recognise(await writeFiles(await tempFolder(t), files));
  assert.equal(recognition.kind, 'foreign');
  return (recognition as { task: ForeignTask }).task;
}

async function refusal(t: TestContext, files: Readonly<Record<string, string>>): Promise<ForgeError> {
  const folder = await writeFiles(await tempFolder(t), files);
  return recognise(folder).then(
    () => assert.fail('the folder was recognised'),
    (error: unknown) => {
      assert.ok(error instanceof ForgeError);
      assert.equal(error.code, 'TASK_UNKNOWN');
      assert.equal(error.kind, 'input');
      return error;
    },
  );
}

describe('a package of MLE Forge', () => {
  it('is what holds task.json, whatever else lies there', async (t) => {
    const folder = await writeFiles(await tempFolder(t), { ...benchTask, 'task.json': '{}' });
    assert.deepEqual(await recognise(folder), { kind: 'package' });
  });

  it('is still one without its manifest, so that the checks can say so', async (t) => {
    const files = { 'prepare.py': '', 'metric.py': '', 'baselines/simple.py': '' };
    assert.deepEqual(await recognise(await writeFiles(await tempFolder(t), files)), { kind: 'package' });
  });
});

describe('an mle-bench folder', () => {
  it('is told by grader.grade_fn, and its parts come from the configuration', async (t) => {
    const task = await foreign(t, benchTask);
    assert.equal(task.format, 'mle-bench');
    assert.equal(task.id, 'lake-depth');
    assert.equal(task.grader, 'grade.py');
    assert.equal(task.module, 'suite.competitions.lake-depth.grade');
    assert.deepEqual(task.interface.roles, ['submission', 'answers']);
    assert.equal(task.description, 'description.md');
    assert.deepEqual(task.boards[0], { direction: 'minimize', file: 'leaderboard.csv', best: 0.5, last: 9.25 });
    assert.deepEqual(task.data, { answers: null, sample: null, train: null, test: null });
  });

  it('finds its data below the folder, without the id that starts the paths', async (t) => {
    const task = await foreign(t, { ...benchTask, 'prepared/private/answers.csv': 'lake_id,depth\n1,2\n' });
    assert.equal(path.basename(task.data.answers ?? ''), 'answers.csv');
  });

  it('takes no leaderboard that stands for a file elsewhere', async (t) => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n';
    assert.deepEqual((await foreign(t, { ...benchTask, 'leaderboard.csv': pointer })).boards, []);
  });

  it('never leaves the folder for its data', async (t) => {
    const config = (benchTask['config.yaml'] ?? '').replace(
      'lake-depth/prepared/private/answers.csv',
      '../../etc/passwd',
    );
    assert.equal((await foreign(t, { ...benchTask, 'config.yaml': config })).data.answers, null);
  });

  it('is refused with the reason when its configuration cannot be used', async (t) => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a, *a]`).join('\n')}\ngrader:\n  grade_fn: a:b\n`;
    assert.match((await refusal(t, { 'config.yaml': bomb })).message, /config\.yaml cannot be used/);
    const broken = 'grader: [\n  grade_fn: x\n';
    assert.match((await refusal(t, { 'config.yaml': broken })).message, /config\.yaml cannot be used/);
    const absent = 'grader:\n  grade_fn: a.b.grade:grade\n';
    assert.match((await refusal(t, { 'config.yaml': absent })).message, /names grade\.py, which is not there/);
  });
});

describe('an MLE-Dojo folder', () => {
  it('is told by the base class of its metric', async (t) => {
    const task = await foreign(t, dojoTask);
    assert.equal(task.format, 'mle-dojo');
    assert.equal(task.grader, 'utils/metric.py');
    assert.equal(task.interface.name, 'SeedMetrics');
    assert.equal(task.prepare, 'utils/prepare.py');
    assert.equal(task.description, 'info/description.txt');
    assert.equal(task.boards[0]?.direction, 'maximize');
  });

  it('is recognised with its data alone beside the metric', async (t) => {
    const data = {
      'data/private/test_answer.csv': 'seed_id,grown\n1,0\n',
      'data/public/sample_submission.csv': 'seed_id,grown\n1,1\n',
    };
    const task = await foreign(t, { 'metric.py': dojoTask['utils/metric.py'] ?? '', ...data });
    assert.equal(path.basename(task.data.answers ?? ''), 'test_answer.csv');
    assert.equal(path.basename(task.data.sample ?? ''), 'sample_submission.csv');
  });
});

describe('a plain folder', () => {
  it('is told by a grading function and an answers file; roles come from the names of parameters', async (t) => {
    const task = await foreign(t, plainTask);
    assert.equal(task.format, 'plain');
    assert.equal(task.interface.name, 'score');
    assert.deepEqual(task.interface.roles, ['answers', 'submission']);
  });

  it('may grade files instead of tables', async (t) => {
    const source = 'def evaluate(submission_path: str, answers_path: str, verbose=False):\n    return 1.0\n';
    const task = await foreign(t, { 'grader.py': source, 'solution.csv': 'id,y\n1,2\n' });
    assert.deepEqual(task.interface.roles, ['submission path', 'answers path']);
  });

  it('is refused when two graders or two answers files could be meant', async (t) => {
    const second = { ...plainTask, 'other.py': 'def grade(submission, answers):\n    return 0.0\n' };
    assert.match((await refusal(t, second)).message, /several grading functions/);
    assert.match((await refusal(t, { ...plainTask, 'solution.csv': 'id\n' })).message, /several answers files/);
  });
});

describe('what is no task', () => {
  it('is refused with all that was looked for', async (t) => {
    const { remedy } = await refusal(t, { 'notes.txt': 'hello', 'junk.py': 'def (:' });
    for (const sign of ['task.json', 'grade_fn', 'CompetitionMetrics', 'answers file'])
      assert.ok(remedy.includes(sign));
  });

  it('is refused when two suites claim it', async (t) => {
    assert.match((await refusal(t, { ...benchTask, ...dojoTask })).message, /both/);
  });

  it('does not follow links', async (t) => {
    const elsewhere = await writeFiles(await tempFolder(t), plainTask);
    const folder = await tempFolder(t);
    await symlink(path.join(elsewhere, 'scoring.py'), path.join(folder, 'scoring.py'));
    await writeFiles(folder, { 'answers.csv': 'id,colour\n' });
    await assert.rejects(recognise(folder), { code: 'TASK_UNKNOWN' });
  });
});

describe('helpers', () => {
  it('are the modules of the checkout that the grader imports, and those that they import', async (t) => {
    const root = await writeFiles(await tempFolder(t), {
      'suite/__init__.py': '',
      'suite/tools.py': 'from suite.more import half\nimport numpy\n',
      'suite/more.py': 'def half(x):\n    return x / 2\n',
      'suite/unused.py': 'raise SystemExit\n',
      ...Object.fromEntries(
        Object.entries(benchTask).map(([name, text]) => [`suite/competitions/lake-depth/${name}`, text]),
      ),
    });
    const folder = path.join(root, 'suite/competitions/lake-depth');
    await writeFiles(folder, { 'grade.py': `from suite.tools import half\n${benchTask['grade.py']}` });
    const recognition = await recognise(folder);
    assert.ok(recognition.kind === 'foreign');
    assert.deepEqual(Object.keys(recognition.task.helpers).sort(), ['suite.more', 'suite.tools']);
  });
});
