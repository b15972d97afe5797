// A class that is looked for is the rare one, in what is measured as in what is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positiveClass, rarestLast } from '../../../src/agents/brainstormer/compose.ts';
import { brainstorm, table, taskOn } from './datasets.ts';

test('a rare class that sorts first is the one whose finding is measured', async () => {
  const rows = table(1200, (_, random) => {
    const [heat, load] = [random(), random()];
    return [heat.toFixed(3), load.toFixed(3), heat + load + random() / 3 > 1.8 ? 'broken' : 'sound'];
  });
  const task = taskOn(await brainstorm({ 'pumps.csv': [['heat', 'load', 'state'], ...rows] }), 'state');
  assert.equal(task.metric.name, 'average-precision');
  assert.equal(task.target.positive, 'broken');
  const [, constant] = /A constant scores average precision ([\d.]+)/.exec(task.rationale) ?? [];
  assert.ok(Number(constant) < 0.2, task.rationale);
});

test('probes get the rare one of two classes last, and more classes as they are', () => {
  const counts = [
    { label: 'no', count: 3 },
    { label: 'yes', count: 30 },
  ];
  assert.deepEqual(rarestLast(counts), ['yes', 'no']);
  assert.deepEqual(rarestLast([...counts, { label: 'maybe', count: 1 }]), ['no', 'yes', 'maybe']);
  assert.equal(positiveClass(counts, 'average-precision'), 'no');
  assert.equal(positiveClass(counts, 'roc-auc'), 'yes');
});
