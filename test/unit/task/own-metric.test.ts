// What a manifest may say of a metric and an objective of its own, and where names of the registries must agree.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { metricNames } from '../../../src/task/metrics.ts';
import { modalityNames, objectiveNames } from '../../../src/task/objectives.ts';
import { type TaskSpec, taskSpecSchema } from '../../../src/task/spec.ts';
import { metricSpellings, metricText, metricWord, registeredMetric } from '../../../src/task/task-metric.ts';
import { specOf } from '../../support/packages.ts';

const own: TaskSpec['metric'] = {
  name: 'custom',
  label: 'Mean capped cost',
  definition: 'Euros that a plan costs per day, at most 60.',
  direction: 'minimize',
  best: 0,
  worst: 60,
  reason: 'Too few cost more than too many.',
};

const problems = (change: object): string[] => {
  const parsed = taskSpecSchema.safeParse({ ...specOf('a-task'), ...change });
  return (parsed.error?.issues ?? []).map(({ path: at, message }) => `${at.join('.')}: ${message}`);
};

test('a metric of the task itself brings its label and its definition', () => {
  assert.deepEqual(problems({ metric: own }), []);
  const { label, definition, ...bare } = own;
  assert.deepEqual(problems({ metric: bare }), [
    'metric.label: a custom metric needs a label: nothing else says what it is',
    'metric.definition: a custom metric needs a definition: nothing else says what it is',
  ]);
  assert.deepEqual(problems({ metric: { ...own, label: 'Cost\u0007per\nday' } }), [
    'metric.label: must be one line without control characters',
  ]);
  assert.equal(problems({ metric: { ...own, definition: 'Costs.' } }).length, 1);
  assert.ok(label && definition);
});

test('a metric of the registry is not defined a second time', () => {
  assert.deepEqual(problems({ metric: { ...own, name: 'mae', definition: undefined } }), [
    'metric.label: the registry says what mae is: take the label out, or name the metric "custom"',
  ]);
});

test('the objective other is explained, and no other one', () => {
  const asked = 'Plan two quantities so that both cost least.';
  assert.deepEqual(problems({ objective: 'other', objective_definition: asked }), []);
  assert.match(problems({ objective: 'other' }).join(), /needs an objective_definition/);
  assert.match(problems({ objective: 'survival', objective_definition: asked }).join(), /survival says what is asked/);
  assert.deepEqual(problems({ objective: 'survival' }), []);
});

test('readers get the texts of a metric from one place', () => {
  assert.equal(registeredMetric(own), null);
  assert.deepEqual(metricText(own), {
    label: 'Mean capped cost',
    summary: 'Euros that a plan costs per day, at most 60.',
    formula: null,
    source: null,
    authored: true,
  });
  assert.equal(metricWord(own), 'Mean capped cost');
  assert.deepEqual(metricSpellings(own), ['mean capped cost']);
  assert.equal(metricText({ name: 'r2' }).label, 'Coefficient of determination');
  assert.equal(metricWord({ name: 'r2' }), 'r2');
  assert.deepEqual(metricSpellings({ name: 'roc-auc' }), ['roc auc', 'roc-auc']);
});

test('the page about packages names every objective, modality and metric', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/task-package.md'), 'utf8');
  const listed = (entry: string): string[] =>
    (new RegExp(`\`${entry}\` \\(([^)]*)\\)`).exec(page)?.[1] ?? '').split(/\s*\|\s*/).map((name) => name.trim());
  assert.deepEqual(listed('objective'), objectiveNames);
  assert.deepEqual(listed('modality'), [...modalityNames]);
  assert.deepEqual(listed('metric.name'), [...metricNames, 'custom']);
});
