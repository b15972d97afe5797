// What scores and their spread say about a test part. Figures are made up here; test_statistics.py measures them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskSpec } from '../../../src/task/spec.ts';
import type { Grades } from '../../../src/verify/runs/grade.ts';
import type { ValidGrade } from '../../../src/verify/runs/intervals.ts';
import type { Statistics, TableStatistics } from '../../../src/verify/statistics/probe.ts';
import { judgeRows } from '../../../src/verify/statistics/rows.ts';
import { judgeLearning, judgeScores } from '../../../src/verify/statistics/scores.ts';

const DRAWS = 200;

/** A score with draws of the standard deviation `spread`; grades of one `phase` move together, others independently. */
function grade(score: number, spread = 0.01, phase = 0): ValidGrade {
  const wave = (i: number) => Math.SQRT2 * Math.sin((2 * Math.PI * (i + 0.5) * (phase + 1)) / DRAWS);
  return { kind: 'valid', score, resampled: Array.from({ length: DRAWS }, (_, i) => score + spread * wave(i)) };
}

const ladder: Grades = { constant: grade(0.4, 0), simple: grade(0.6, 0.01, 1), strong: grade(0.7, 0.01, 2) };
const still: Statistics = {
  rows: 1000,
  clusters: null,
  halfBetter: { score: 0.85, resampled: grade(0.85, 0.01, 3).resampled.slice(0, 60) },
  halves: [],
  ceiling: null,
  classes: null,
  tails: [],
};
const alike: TableStatistics = { contradictions: { rows: 0, test: 0 }, shift: [] };

function judge(
  { contradictions = alike.contradictions, shift = [], ...measured }: Partial<Statistics & TableStatistics> = {},
  grades: Grades = {},
  split = 'random',
): string[] {
  const metric = { name: 'accuracy', direction: 'maximize', best: 1 };
  const manifest = { metric, split: { kind: split } } as TaskSpec;
  const inputs = [manifest, { ...ladder, ...grades }, { ...still, ...measured }] as const;
  const judged = [...judgeScores(...inputs), ...judgeRows(...inputs, { contradictions, shift })];
  return judged.flatMap(([check, told]) =>
    typeof told === 'string' ? [] : told.map(({ severity }) => `${check.code} ${severity}`),
  );
}

describe('the statistics of a test part', () => {
  it('are silent where scores are known well', () => assert.deepEqual(judge(), []));

  it('are silent where baselines have no score', () => {
    const broken = { kind: 'broken', message: 'x' } as const;
    assert.deepEqual(judge({}, { constant: broken, simple: broken, strong: broken }), []);
  });

  it('STA001 tells of an interval as wide as the ladder', () => {
    const constant = grade(0.4, 0.1, 2);
    // Paired, the gain is clear; the score itself is not.
    assert.deepEqual(
      judge({ halfBetter: null }, { constant, simple: grade(0.55, 0.1, 2), strong: grade(0.7, 0.11, 2) }),
      ['STA001 warning'],
    );
  });

  it('STA001 mentions an interval of half the ladder', () => {
    const grades = { constant: grade(0.4, 0.06, 2), simple: grade(0.5, 0.06, 2), strong: grade(0.7, 0.065, 2) };
    assert.deepEqual(judge({ halfBetter: null }, grades), ['STA001 information']);
  });

  it('STA001 leaves a strong baseline that is no better than a constant to EXE005', () => {
    const found = judge({ halfBetter: null }, { strong: grade(0.42, 0.05, 2) });
    assert.ok(!found.some((line) => line.startsWith('STA001')), found.join());
  });

  it('STA002 tells of a metric without a value on one draw in ten', () => {
    const strong = grade(0.7, 0.01, 2);
    const holes = { ...strong, resampled: strong.resampled.map((draw, i) => (i % 10 === 0 ? null : draw)) };
    assert.deepEqual(judge({}, { strong: holes }), ['STA002 warning']);
  });

  it('STA002 tells of it for every baseline, and forgives one draw', () => {
    const none = { kind: 'valid', score: 0.4, resampled: Array.from({ length: DRAWS }, () => null) } as const;
    assert.ok(judge({}, { constant: none }).includes('STA002 warning'));
    const once = { ...grade(0.4, 0), resampled: [null, ...grade(0.4, 0).resampled.slice(1)] };
    assert.deepEqual(judge({}, { constant: once }), []);
  });

  it('STA003 tells of groups that repeat each other, and of few groups', () => {
    assert.deepEqual(judge({ clusters: { count: 100, largest: 12, spread: 0.004 } }), ['STA003 warning']);
    assert.deepEqual(judge({ clusters: { count: 12, largest: 90, spread: 0.01 } }), ['STA003 warning']);
  });

  it('STA003 accepts many groups of independent rows', () => {
    assert.deepEqual(judge({ clusters: { count: 500, largest: 3, spread: 0.009 } }), []);
    assert.deepEqual(judge({ clusters: { count: 1000, largest: 1, spread: 0.001 } }), [], 'groups of one are rows');
  });

  it('STA004 tells of a step that is clear here and would be missed elsewhere', () => {
    // The paired deviation is 0.0141; intervals of sines end at 1.41 deviations, so such gains are clear.
    assert.deepEqual(judge({}, { strong: grade(0.63, 0.01, 2) }), ['STA004 warning']);
    assert.deepEqual(judge({}, { strong: grade(0.65, 0.01, 2) }), []);
  });

  it('STA004 leaves what is not told apart to EXE006', () => {
    assert.deepEqual(judge({}, { strong: grade(0.605, 0.01, 2) }), []);
    assert.deepEqual(judge({}, { strong: grade(0.55, 0.01, 2) }), []);
  });

  it('STA005 tells when halving the rest is lost in the noise', () => {
    const halfBetter = { score: 0.72, resampled: grade(0.72, 0.02, 3).resampled.slice(0, 60) };
    assert.deepEqual(judge({ halfBetter }), ['STA005 warning']);
    const nearly = { score: 0.985, resampled: grade(0.985, 0.01, 5).resampled.slice(0, 60) };
    assert.deepEqual(judge({ halfBetter: nearly }, { strong: grade(0.97, 0.01, 2) }), ['STA005 warning']);
  });

  it('STA005 leaves a strong score that reaches the best to EXE007', () => {
    assert.deepEqual(judge({ halfBetter: { score: 0.999, resampled: [] } }, { strong: grade(0.995, 0.01, 2) }), []);
  });

  it('STA006 tells of random halves that disagree on simple and constant', () => {
    const simple = grade(0.43, 0.02, 1);
    const outlier = { ...simple, resampled: simple.resampled.map((draw, i) => (draw ?? 0) + (i < 4 ? 0.1 : 0)) };
    assert.deepEqual(judge({}, { simple: outlier }), ['STA006 warning']);
  });

  it('STA006 tells of a half of the time in which strong is worse', () => {
    const half = (strong: number) => ({
      rows: 500,
      scores: { constant: grade(0.4, 0), simple: grade(0.6, 0.01, 1), strong: grade(strong, 0.01, 2) },
    });
    assert.deepEqual(judge({ halves: [half(0.85), half(0.55)] }, {}, 'time'), ['STA006 warning']);
    assert.deepEqual(judge({ halves: [half(0.55), half(0.85)] }, {}, 'time'), ['STA006 warning']);
    assert.deepEqual(judge({ halves: [half(0.72), half(0.68)] }, {}, 'time'), []);
  });

  it('STA007 tells when contradicting rows close a quarter of the room, or all of it', () => {
    assert.deepEqual(judge({ contradictions: { rows: 400, test: 100 }, ceiling: 0.9 }), ['STA007 warning']);
    assert.deepEqual(judge({ contradictions: { rows: 900, test: 300 }, ceiling: 0.69 }), ['STA007 warning']);
    assert.deepEqual(judge({ contradictions: { rows: 40, test: 9 }, ceiling: 0.99 }), []);
  });

  it('STA009 tells of a small class that decides a macro score', () => {
    const classes = (rare: number, share: number) => ({
      classes: [
        { label: 'a', rows: 600, share: (1 - share) / 2 },
        { label: 'b', rows: 400 - rare, share: (1 - share) / 2 },
        { label: 'c', rows: rare, share },
      ],
    });
    assert.deepEqual(judge({ classes: classes(20, 0.8) }), ['STA009 warning']);
    assert.deepEqual(judge({ classes: classes(45, 0.55) }), ['STA009 warning']);
    assert.deepEqual(judge({ classes: classes(20, 0.4) }), [], 'it weighs little');
    assert.deepEqual(judge({ classes: classes(200, 0.8) }), [], 'it is not small');
    assert.deepEqual(judge({ classes: classes(6, 0.9) }), [], 'PRE012 says so');
  });

  it('STA010 tells of few rows that carry the squared error', () => {
    const tail = (share: number) => [{ target: 'y', count: 10, share, ids: ['7'] }];
    assert.deepEqual(judge({ tails: tail(0.92) }), ['STA010 warning']);
    assert.deepEqual(judge({ tails: tail(0.5) }), ['STA010 warning']);
    assert.deepEqual(judge({ tails: tail(0.12) }), []);
  });

  it('STA011 tells of answers that a random split does not mix', () => {
    const shift = (classes: number, difference: number, p: number) => [{ target: 'y', classes, difference, p }];
    assert.deepEqual(judge({ shift: shift(3, 0.2, 1e-9) }), ['STA011 warning']);
    assert.deepEqual(judge({ shift: shift(0, 0.1, 1e-5) }), ['STA011 warning']);
    assert.deepEqual(judge({ shift: shift(0, 0.02, 1e-9) }), [], 'small');
    assert.deepEqual(judge({ shift: shift(3, 0.2, 0.02) }), [], 'chance');
    assert.deepEqual(judge({ shift: shift(3, 0.2, 1e-9) }, {}, 'time'), [], 'expected');
  });

  it('STA008 tells when more training rows harm, mentions when they do nothing, and is silent when they help', () => {
    const manifest = { metric: { direction: 'maximize' } } as TaskSpec;
    const learn = (tenth: number, third = tenth) =>
      judgeLearning(manifest, grade(0.6, 0.01, 1), [
        { percent: 10, rows: 100, grade: grade(tenth, 0.01, 2) },
        { percent: 30, rows: 300, grade: grade(third, 0.01, 3) },
      ]).map(({ severity }) => severity);
    assert.deepEqual(learn(0.7), ['warning']);
    assert.deepEqual(learn(0.7, 0.6), ['information'], 'one lucky tenth');
    assert.deepEqual(learn(0.6), ['information']);
    assert.deepEqual(learn(0.5), []);
  });
});
