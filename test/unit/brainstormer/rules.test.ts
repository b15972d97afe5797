import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Measured } from '../../../src/agents/brainstormer/probe-results.ts';
import { chooseClasses } from '../../../src/agents/brainstormer/rules/classes.ts';
import { classMetrics, numberMetrics } from '../../../src/agents/brainstormer/rules/metric.ts';
import { blockSize } from '../../../src/agents/brainstormer/rules/split.ts';
import { testShare } from '../../../src/agents/brainstormer/rules/test-size.ts';
import { verdictOf } from '../../../src/agents/brainstormer/rules/verdict.ts';

const counts = (...items: readonly [string, number][]) => items.map(([label, count]) => ({ label, count }));
const numeric = {
  minimum: 0,
  maximum: 100,
  mean: 9,
  sd: 5,
  skewness: 0,
  quantiles: [],
  zeros: 0,
  negatives: 0,
  atMinimum: 1,
  atMaximum: 1,
};

describe('classes', () => {
  test('stay when ten of their rows are in the test part', () => {
    const choice = chooseClasses(counts(['a', 40], ['b', 60], ['c', 12]), null, 0.25, false);
    assert.ok(choice.kind === 'kept');
    assert.deepEqual(
      choice.classes.map((item) => item.label),
      ['a', 'b'],
    );
    assert.deepEqual(
      choice.dropped.map((item) => item.count),
      [12],
    );
  });

  test('are judged by the test part that the split really gives', () => {
    const choice = chooseClasses(
      counts(['a', 90], ['b', 90], ['c', 90]),
      counts(['a', 30], ['b', 30], ['c', 0]),
      0.25,
      false,
    );
    assert.ok(choice.kind === 'kept');
    assert.deepEqual(
      choice.dropped.map((item) => item.label),
      ['c'],
    );
  });

  test('are declined when too many rows would go', () => {
    const choice = chooseClasses(
      counts(['a', 50], ['b', 50], ...'cdefghij'.split('').map((c): [string, number] => [c, 12])),
      null,
      0.25,
      false,
    );
    assert.ok(choice.kind === 'declined');
    assert.equal(choice.code, 'CLASSES_TOO_SMALL');
  });
});

describe('metrics', () => {
  test('rare positives are scored by average precision, even classes by accuracy, uneven ones by macro F1', () => {
    assert.equal(
      classMetrics('binary-classification', counts(['no', 90], ['yes', 10]), false)[0]?.name,
      'average-precision',
    );
    assert.equal(classMetrics('binary-classification', counts(['no', 50], ['yes', 50]), false)[0]?.name, 'roc-auc');
    assert.equal(
      classMetrics('multiclass-classification', counts(['a', 50], ['b', 50], ['c', 50]), false)[0]?.name,
      'accuracy',
    );
    assert.equal(
      classMetrics('multiclass-classification', counts(['a', 90], ['b', 50], ['c', 10]), false)[0]?.name,
      'macro-f1',
    );
  });

  test('very skewed positive numbers are scored by relative error, capped ones by absolute error', () => {
    assert.equal(numberMetrics('regression', { ...numeric, skewness: 3 }, 1000)[0]?.name, 'rmsle');
    assert.equal(numberMetrics('regression', { ...numeric, minimum: 5, atMaximum: 60 }, 1000)[0]?.name, 'mae');
    assert.equal(numberMetrics('regression', numeric, 1000)[0]?.name, 'rmse');
  });
});

describe('sizes', () => {
  test('small tables give up to 35 % to the test part, large ones a fifth', () => {
    assert.equal(testShare(200), 0.35);
    assert.equal(testShare(2000), 0.25);
    assert.equal(testShare(100_000), 0.2);
  });

  test('blocks of the map give about twenty along the longer side', () => {
    assert.equal(blockSize(9.4, 10), 0.5);
    assert.equal(blockSize(150, 360), 20);
  });
});

describe('verdicts', () => {
  const rmse = { name: 'rmse', reason: 'r' } as const;
  const measured = (model: number, single: number | null, halfWidth = 0.1, test = 200): Measured => ({
    id: 'x',
    rows: 800,
    splits: [
      {
        name: 'proposed',
        train: 600,
        test,
        support: null,
        scores: [
          {
            metric: 'rmse',
            constant: 10,
            model,
            modelName: 'trees',
            gain: { value: model - 10, halfWidth },
            single:
              single === null ? null : { feature: 'f', score: single, modelGain: { value: model - single, halfWidth } },
            naive: null,
          },
        ],
      },
    ],
  });

  test('a model that beats the constant and the best feature makes a task', () => {
    assert.equal(verdictOf(measured(4, 6), [rmse]).kind, 'task');
  });

  test('no gain beyond the interval is no signal', () => {
    const verdict = verdictOf(measured(9.8, null, 0.5), [rmse]);
    assert.ok(verdict.kind === 'drop' && verdict.code === 'NO_SIGNAL');
  });

  test('a feature as good as the model is a look-up', () => {
    assert.equal(verdictOf(measured(2, 2.05), [rmse]).kind, 'look-up');
  });

  test('fewer than fifty test rows rank nobody', () => {
    const verdict = verdictOf(measured(4, 6, 0.1, 40), [rmse]);
    assert.ok(verdict.kind === 'drop' && verdict.code === 'TOO_FEW_ROWS');
  });
});
