import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repairFormulation } from '../../../src/agents/designer/repair.ts';
import type { Formulation } from '../../../src/blueprints/formulation.ts';
import { formulationSchema } from '../../../src/blueprints/formulation.ts';
import type { Finding } from '../../../src/task/findings.ts';
import { anError } from '../../support/drafts.ts';
import { sampleFormulation } from '../../support/formulations.ts';

const base = sampleFormulation('a-task');

function repaired(
  formulation: Formulation,
  ...findings: Finding[]
): { formulation: Formulation; changes: readonly string[] } {
  const outcome = repairFormulation(formulation, findings);
  assert.equal(outcome.kind, 'repaired');
  formulationSchema.parse(outcome.formulation);
  return outcome;
}

test('without findings nothing changes', () => {
  assert.deepEqual(repaired(base), { kind: 'repaired', formulation: base, changes: [] });
});

test('a leaking column is left out, and the manifest will say why with its figures', () => {
  const finding = anError('LEK004', 'Column a alone scores 0.98 of accuracy.', { column: 'a', score: 0.98 });
  const { formulation, changes } = repaired(base, finding);
  assert.deepEqual(
    formulation.features.kept.map((feature) => feature.name),
    ['b'],
  );
  assert.deepEqual(formulation.features.excluded, [
    { column: 'a', reason: 'Column a alone scores 0.98 of accuracy. (LEK004)' },
  ]);
  assert.deepEqual(changes, ['Left out "a": Column a alone scores 0.98 of accuracy.']);
});

test('the last feature is never taken away: then no design answers the finding', () => {
  const single = { ...base, features: { ...base.features, kept: base.features.kept.slice(0, 1) } };
  const outcome = repairFormulation(single, [anError('LEK004', 'Column a leaks.', { column: 'a' })]);
  assert.deepEqual(outcome, {
    kind: 'infeasible',
    code: 'LEK004',
    reason: 'Column a leaks. No other design answers this.',
  });
});

test('two findings on one column are answered by leaving it out once', () => {
  const { formulation, changes } = repaired(
    base,
    anError('LEK004', 'Column a leaks.', { column: 'a' }),
    anError('LEK005', 'Missing values of a leak.', { column: 'a' }),
  );
  assert.equal(formulation.features.excluded.length, 1);
  assert.equal(changes.length, 1);
});

test('a finding that nothing answers makes the formulation infeasible even beside one that can be answered', () => {
  const outcome = repairFormulation(base, [
    anError('LEK004', 'Column a leaks.', { column: 'a' }),
    anError('MET001', 'The answers do not score best.'),
  ]);
  assert.deepEqual([outcome.kind, outcome.kind === 'infeasible' && outcome.code], ['infeasible', 'MET001']);
});

test('rows that share an entity are split together when a finding suggests it', () => {
  const finding = anError('LEK006', 'Rows of one person stand on both sides.', {
    split: { kind: 'group', by: ['person'] },
  });
  const { formulation } = repaired(base, finding);
  assert.equal(formulation.split.kind, 'group');
  assert.deepEqual(formulation.split.together, { key: 'columns', columns: ['person'] });
  assert.match(formulation.split.reason, /LEK006/);
});

test('the split is tried before the column that a finding names, too', () => {
  const finding = anError('LEK006', 'Person is on both sides.', {
    column: 'a',
    split: { kind: 'group', by: ['person'] },
  });
  const { formulation } = repaired(base, finding);
  assert.equal(formulation.features.kept.length, 2);
});

test('an official split is not ours to change', () => {
  const official = { ...base, split: { ...base.split, kind: 'official' as const } };
  const finding = anError('LEK006', 'Groups overlap.', { split: { kind: 'group', by: ['person'] } });
  assert.equal(repairFormulation(official, [finding]).kind, 'infeasible');
});

test('repeated rows are dropped when a finding asks for it, once', () => {
  const finding = anError('LEK001', 'Twelve rows stand on both sides.', {
    count: 12,
    split: { key: 'drop-duplicates' },
  });
  const { formulation } = repaired(base, finding);
  assert.equal(formulation.rows.dropDuplicates, true);
  assert.equal(repairFormulation(formulation, [finding]).kind, 'infeasible');
});

test('texts that differ in spelling only, and files of equal content, are kept on one side', () => {
  const text = anError('LEK001', 'Equal texts.', { split: { kind: 'group', key: 'normalized-text', column: 'a' } });
  assert.deepEqual(repaired(base, text).formulation.split.together, { key: 'normalized-text', column: 'a' });
  const files = anError('LEK001', 'Equal files.', { split: { kind: 'group', key: 'content' } });
  assert.deepEqual(repaired(base, files).formulation.split.together, { key: 'content' });
});

test('a split by time needs to know how its times are written', () => {
  const finding = anError('LEK013', 'Early test rows.', { split: { kind: 'time', by: ['day'] } });
  assert.equal(repairFormulation(base, [finding]).kind, 'infeasible');
  const dated = { ...base, split: { ...base.split, time: { column: 'day', format: 'iso' } } };
  assert.equal(repaired(dated, finding).formulation.split.kind, 'time');
});

test('a class without support is left out as long as two remain', () => {
  const finding = anError('PRE011', 'Class perhaps has 2 rows.', { column: 'y', label: 'perhaps', rows: 2 });
  const { formulation } = repaired(base, finding);
  assert.deepEqual(formulation.target.classes, ['no', 'yes']);
  assert.equal(formulation.objective, 'binary-classification');
  assert.deepEqual(formulation.rows.droppedClasses, [
    { label: 'perhaps', count: 2, reason: 'Class perhaps has 2 rows. (PRE011)' },
  ]);
  assert.equal(repairFormulation(formulation, [anError('PRE011', 'Few.', { label: 'no' })]).kind, 'infeasible');
});

test('a test part that is too small grows to what is asked for, as long as most rows stay to learn from', () => {
  const small = (rows: number): Finding => anError('PRE010', 'Too few test rows.', { rows, error: 30, halfWidth: 0.2 });
  assert.equal(repaired(base, small(20)).formulation.split.testFraction, 0.4);
  assert.equal(repairFormulation(base, [small(5)]).kind, 'infeasible');
});

test('columns that came through a look-up are no longer looked up', () => {
  assert.equal(base.source.kind, 'table');
  const { table } = base.source as Extract<Formulation['source'], { kind: 'table' }>;
  const lookup = { table, from: 'p', to: 'id', columns: ['x', 'a'], prefix: 'parent_' };
  const kept = [
    ...base.features.kept,
    { name: 'parent_x', kind: 'number' as const, description: '', historyOnly: false },
  ];
  const related = {
    ...base,
    source: { ...base.source, lookups: [lookup] },
    features: { ...base.features, kept },
  } as Formulation;
  const { formulation } = repaired(related, anError('LEK004', 'parent_x leaks.', { column: 'parent_x' }));
  assert.deepEqual(formulation.source.kind === 'table' && formulation.source.lookups[0]?.columns, ['a']);
});
