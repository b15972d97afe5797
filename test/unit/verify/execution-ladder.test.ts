// What the scores of the baselines say about a task. Scores and draws are made up here; execution.test.ts measures them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BaselineName } from '../../../src/task/layout.ts';
import type { TaskSpec } from '../../../src/task/spec.ts';
import type { CheckContext } from '../../../src/verify/check.ts';
import { checkLadder } from '../../../src/verify/execution/ladder.ts';
import { PackageFiles } from '../../../src/verify/package/files.ts';
import { gain, interval, type ValidGrade } from '../../../src/verify/runs/intervals.ts';

/** A score whose draws spread evenly by `spread` to either side. */
function grade(score: number, spread = 0.02): ValidGrade {
  const resampled = Array.from({ length: 101 }, (_, i) => score + spread * (i / 50 - 1));
  return { kind: 'valid', score, resampled };
}

/** The same score everywhere, so that gains over it spread as the other one does. */
const fixed = (score: number): ValidGrade => grade(score, 0);

const sound = { sample: fixed(0.33), constant: fixed(0.4), simple: grade(0.6), strong: grade(0.8, 0.03) };

async function judge(
  changes: Partial<Record<BaselineName, ValidGrade>>,
  metric = { direction: 'maximize', best: 1 },
  difficulty: TaskSpec['difficulty'] = null,
): Promise<string[]> {
  const manifest = { metric, difficulty } as TaskSpec;
  const context = { files: new PackageFiles('/nowhere') } as CheckContext;
  const outcomes = await checkLadder(context, manifest, { ...sound, ...changes });
  return outcomes.flatMap(({ findings }) => findings.map(({ code, severity, file }) => `${code} ${severity} ${file}`));
}

describe('the ladder', () => {
  it('is sound when every rung is above the one below by more than chance', async () => {
    assert.deepEqual(await judge({}), []);
  });

  it('is sound for losses, too', async () => {
    const losses = { sample: fixed(2), constant: fixed(1), simple: grade(0.7), strong: grade(0.5, 0.03) };
    assert.deepEqual(await judge(losses, { direction: 'minimize', best: 0 }), []);
  });

  it('refuses a sample submission that beats the best constant', async () => {
    assert.deepEqual(await judge({ sample: grade(0.6) }), ['EXE004 error data/public/sample_submission.csv']);
  });

  it('lets a sample submission be better by chance', async () => {
    assert.deepEqual(await judge({ sample: grade(0.42, 0.005) }), [], 'by 3 % of the way');
    assert.deepEqual(await judge({ sample: grade(0.44, 0.05) }), [], 'not in every draw');
    assert.deepEqual(await judge({ sample: grade(0.41, 0.03) }), []);
  });

  it('refuses a task on which the strong model may be a constant', async () => {
    assert.deepEqual(await judge({ strong: grade(0.41, 0.06), simple: grade(0.405, 0.03) }), [
      'EXE005 error baselines/strong.py',
      'EXE006 warning baselines/simple.py',
      'EXE006 warning baselines/strong.py',
    ]);
  });

  it('warns when simple and strong cannot be told apart, or stand in the wrong order', async () => {
    assert.deepEqual(await judge({ simple: grade(0.79, 0.01), strong: grade(0.8, 0.05) }), [
      'EXE006 warning baselines/strong.py',
    ]);
    assert.deepEqual(await judge({ simple: grade(0.9, 0.01) }), ['EXE006 warning baselines/strong.py']);
  });

  it('warns when the strong score reaches the best', async () => {
    assert.deepEqual(await judge({ strong: grade(0.98, 0.03) }), ['EXE007 warning baselines/strong.py']);
  });

  it('refuses a task whose answer a simple model looks up', async () => {
    const found = await judge({ simple: fixed(0.9999), strong: fixed(1) });
    assert.ok(found.includes('EXE007 error baselines/simple.py'));
  });

  it('refuses a task on which a constant is perfect', async () => {
    assert.ok((await judge({ constant: fixed(1) })).includes('EXE007 error baselines/constant.py'));
  });

  it('compares the declared difficulty with the measured one, within a percent of the way', async () => {
    const metric = { direction: 'maximize', best: 1 };
    assert.deepEqual(await judge({}, metric, { trivial: 0.4, simple: 0.603, strong: 0.797, headroom: 0.3 }), []);
    assert.deepEqual(await judge({}, metric, { trivial: 0.4, simple: 0.7, strong: 0.8, headroom: 0.3 }), [
      'EXE008 warning task.json',
    ]);
  });

  it('does not judge rungs that have no score', async () => {
    const context = { files: new PackageFiles('/nowhere') } as CheckContext;
    const manifest = { metric: { direction: 'maximize', best: 1 }, difficulty: null } as TaskSpec;
    const outcomes = await checkLadder(context, manifest, { constant: { kind: 'broken', message: 'x' } });
    assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['skipped']));
  });
});

describe('intervals', () => {
  it('hold 95 % of the draws and always the value itself', () => {
    const draws = Array.from({ length: 1001 }, (_, i) => i / 1000);
    assert.deepEqual(
      interval(0.5, draws).map((bound) => Math.round(bound * 1000)),
      [25, 975],
    );
    assert.deepEqual(interval(2, draws)[1], 2);
    assert.deepEqual(interval(0.7, [null, null]), [0.7, 0.7]);
  });

  it('of gains are paired: a constant advantage has no spread however the scores spread', () => {
    const low = grade(0.5, 0.2);
    const high: ValidGrade = { kind: 'valid', score: 0.6, resampled: low.resampled.map((d) => (d ?? 0) + 0.1) };
    const { value, ci95 } = gain('maximize', low, high);
    for (const number of [value, ...ci95]) assert.ok(Math.abs(number - 0.1) < 1e-9);
  });
});
