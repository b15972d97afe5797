import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, queuedRun, type RunState } from '../../../src/extension/runs/run-state.ts';
import type { TaskState } from '../../../src/extension/tasks/task-state.ts';
import type { Row } from '../../../src/extension/tasks-view/row.ts';
import { tasksWithErrors, treeOf } from '../../../src/extension/tasks-view/tree-model.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { anError } from '../../support/drafts.ts';
import { reportOf, specOf } from '../../support/packages.ts';
import { plainL10n } from '../../support/plain-l10n.ts';
import { printTree } from '../../support/print-tree.ts';

const request = { dataset: '/w/birds', out: '/w/tasks', engine: 'builtin', maxTasks: 2, seed: 0 };
const ladder = [
  { name: 'sample' as const, score: 0.33, ci95: [0.3, 0.36] as [number, number], gain: null },
  { name: 'constant' as const, score: 0.4412, ci95: [0.4, 0.5] as [number, number], gain: null },
  { name: 'strong' as const, score: 0.98765, ci95: [0.97, 0.99] as [number, number], gain: null },
];
const leak = {
  ...anError('LEK004', 'One column tells the target alone.'),
  range: { start: { line: 11, character: 0 }, end: { line: 11, character: 9 } },
};
const few = { ...anError('STA001', 'Few rows.'), severity: 'warning' as const };

function running(...events: ForgeEvent[]): RunState {
  const queued = queuedRun('window-1', request, 1000, null);
  return events.reduce(fold, { ...queued, status: 'running', since: 1000 });
}

function task(id: string, change: Partial<TaskState> = {}): TaskState {
  return { folder: `/w/tasks/${id}`, spec: specOf(id), problem: null, report: reportOf(id, [], ladder), ...change };
}

const show = (runs: RunState[], tasks: TaskState[], now = 66_000): string =>
  `\n${printTree(treeOf(plainL10n, runs, tasks, now))}`;

function find(rows: readonly Row[], id: string): Row | undefined {
  for (const row of rows) {
    const found = row.id === id ? row : find(row.children ?? [], id);
    if (found !== undefined) return found;
  }
  return undefined;
}

test('nothing to show leaves room for the welcome text', () => {
  assert.deepEqual(treeOf(plainL10n, [], [], 0), []);
});

test('a run at work shows its stage, its verdicts and its time', () => {
  const run = running(
    { type: 'run-started', run: '2026', dataset: '/w/birds', resumed: false },
    { type: 'formulations', ids: ['birds-sex', 'birds-mass', 'birds-island'], dropped: 4 },
    { type: 'accepted', task: 'birds-sex', path: '/w/tasks/birds-sex' },
    { type: 'stage-started', stage: 'review', task: 'birds-mass', attempt: 2 },
  );
  assert.equal(
    show([run], []),
    `
v (run-all) Runs  1
  v (sync~spin) birds  looking for leaks and fuzzing the grader · 1 accepted · 1:05
      (pass) birds-sex  accepted
      (sync~spin) birds-mass  looking for leaks and fuzzing the grader, attempt 2
      (circle-large-outline) birds-island  waiting
`,
  );
});

test('runs that wait, that were cancelled and that lost their window tell so', () => {
  const states: RunState[] = [
    queuedRun('window-2', request, 1, null),
    { ...queuedRun('window-3', request, 1, null), status: 'cancelled', run: '2025', workedMs: 3_725_000 },
    { ...queuedRun('window-4', request, 1, null), status: 'cancelled', isStopping: true },
    { ...queuedRun('window-5', request, 1, null), status: 'interrupted', run: '2024', workedMs: 5000 },
  ];
  assert.equal(
    show(states, []),
    `
v (run-all) Runs  4
  v (clock) birds  queued
    (circle-slash) birds  cancelled · 1:02:05
    (loading~spin) birds  cancelled, stopping
    (debug-pause) birds  interrupted · 0:05
`,
  );
});

test('a rejected candidate names its code, and its reason in the tooltip', () => {
  const run = running(
    { type: 'formulations', ids: ['birds-sex'], dropped: 0 },
    { type: 'rejected', task: 'birds-sex', stage: 'review', code: 'LEK004', reason: 'A column tells the target.' },
    { type: 'run-ended', outcome: 'done', accepted: 0, rejected: 1 },
  );
  const rows = treeOf(plainL10n, [run], [], 0);
  assert.match(printTree(rows), /\(circle-slash\) birds {2}no task · 1 rejected/);
  const row = find(rows, 'candidate:window-1:birds-sex');
  assert.equal(row?.description, 'rejected: LEK004');
  assert.deepEqual(row?.tooltip.at(-1), { label: 'Reason', value: 'A column tells the target.' });
});

test('a task shows its verdict, its counts, its ladder and its parts', () => {
  const state = task('birds-sex', { report: reportOf('birds-sex', [leak, few], ladder) });
  assert.equal(
    show([], [state]),
    `
v (beaker) Tasks  1
  > (error) birds-sex  rejected · 1 error · 1 warning · 0.4412 → 0.9877 · Which birds-sex?
      (book) description.md
      (database) prepare.py
      (dashboard) metric.py
    > (list-ordered) Baselines
        (symbol-method) sample  0.33
        (symbol-method) constant  0.4412
        (symbol-method) simple  no score
        (symbol-method) strong  0.9877
    > (error) 1 error
        (error) LEK004  One column tells the target alone.
    > (warning) 1 warning
        (warning) STA001  Few rows.
    > (folder) data/public
    > (lock) data/private  hidden from competitors
`,
  );
});

test('a click on a finding opens its line', () => {
  const rows = treeOf(plainL10n, [], [task('birds-sex', { report: reportOf('birds-sex', [leak]) })], 0);
  const row = find(rows, 'finding:/w/tasks/birds-sex:LEK004:prepare.py:11:0');
  assert.deepEqual(row?.action, { kind: 'open', file: '/w/tasks/birds-sex/prepare.py', line: 11, endLine: 11 });
});

test('suppressed findings stand apart and count as none', () => {
  const report = reportOf('birds-sex', [{ ...leak, suppressed: 'Known and harmless here.' }], ladder);
  const text = show([], [task('birds-sex', { report })]);
  assert.match(text, /\(pass-filled\) birds-sex {2}0\.4412 → 0\.9877 · Which birds-sex\?\n/);
  assert.match(text, /\(eye-closed\) 1 suppressed/);
});

test('a task without a report, and one with a broken manifest, say what they lack', () => {
  const tasks = [
    task('birds-sex', { report: null }),
    task('birds-mass', { spec: null, problem: 'no JSON', report: null }),
  ];
  const text = show([], tasks);
  assert.match(text, /\(question\) birds-sex {2}not verified · Which birds-sex\?\n/);
  assert.match(text, /\(error\) birds-mass {2}broken manifest\n/);
  assert.equal(tasksWithErrors(tasks), 1);
});

test('a task that is being checked says so before what was found in it', () => {
  const state = task('birds-sex', { report: reportOf('birds-sex', [leak], ladder) });
  const text = printTree(treeOf(plainL10n, [], [state], 0, () => 'checking'));
  assert.match(text, /\(sync~spin\) birds-sex {2}checking · 1 error · 0\.4412 → 0\.9877 · Which birds-sex\?\n/);
});

test('of a task that has changed since it was checked nothing old is told or counted', () => {
  const state = task('birds-sex', { report: reportOf('birds-sex', [leak], ladder) });
  const text = printTree(treeOf(plainL10n, [], [state], 0, () => 'stale'));
  assert.match(text, /\(question\) birds-sex {2}changed since checked · Which birds-sex\?\n/);
  assert.doesNotMatch(text, /LEK004|1 error|0\.9877/);
  assert.equal(
    tasksWithErrors([state], () => 'stale'),
    0,
  );
});

test('a candidate that a finished run did not come to was not tried', () => {
  const run = running(
    { type: 'formulations', ids: ['birds-sex', 'birds-mass'], dropped: 0 },
    { type: 'accepted', task: 'birds-sex', path: '/w/tasks/birds-sex' },
    { type: 'run-ended', outcome: 'done', accepted: 1, rejected: 0 },
  );
  assert.match(show([run], []), /\(circle-large-outline\) birds-mass {2}not tried\n/);
});

test('every row can be read aloud, and no two rows share an id', () => {
  const run = running({ type: 'formulations', ids: ['birds-sex'], dropped: 0 });
  const state = task('birds-sex', { report: reportOf('birds-sex', [leak, leak, few]) });
  const ids: string[] = [];
  const visit = (rows: readonly Row[]): void => {
    for (const row of rows) {
      assert.notEqual(row.spoken, '', row.id);
      ids.push(row.id);
      visit(row.children ?? []);
    }
  };
  visit(treeOf(plainL10n, [run], [state], 0));
  assert.equal(new Set(ids).size, ids.length);
});
