import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, queuedRun, type RunState } from '../../../src/extension/runs/run-state.ts';
import { clockText, costText, nowText, runLine, statusText } from '../../../src/extension/runs/run-text.ts';
import { stages } from '../../../src/forge/events.ts';
import { plainL10n as en } from '../../support/plain-l10n.ts';

const queued = queuedRun(
  'window-1',
  { dataset: '/w/birds', out: '/w/tasks', engine: 'builtin', maxTasks: 2, seed: 0 },
  0,
  null,
);
const running: RunState = { ...queued, status: 'running', since: 0 };

test('every stage has words of its own', () => {
  const words = stages.map((stage) =>
    nowText(en, fold(running, { type: 'stage-started', stage, task: 'a', attempt: 1 })),
  );
  assert.equal(new Set(words).size, stages.length);
  assert.ok(!words.includes('running'));
});

test('time is told as a clock', () => {
  assert.deepEqual([0, 59_999, 60_000, 3_600_000].map(clockText), ['0:00', '0:59', '1:00', '1:00:00']);
});

test('what a model cost is unknown until its provider tells, and nothing only without a model', () => {
  assert.equal(costText(en, null), 'no model');
  assert.equal(costText(en, { tokens: 1200, usd: null, calls: 2 }), '1200 tokens, cost unknown');
  assert.equal(costText(en, { tokens: 1200, usd: 0.1, calls: 2 }), '1200 tokens, 0.10 USD');
});

test('what models cost stands in the line of a run from the first call on', () => {
  const paid = { ...running, cost: { tokens: 1200, usd: 0.1, calls: 2 } };
  assert.equal(runLine(en, paid, 60_000), 'running · 1:00 · 1200 tokens, 0.10 USD');
  assert.equal(runLine(en, { ...running, cost: { tokens: 0, usd: 0, calls: 0 } }, 60_000), 'running · 1:00');
});

test('a refused dataset ends as done without a task, with the reason', () => {
  const refused = fold(running, { type: 'refused', code: 'NO_SIGNAL', reason: 'Chance level.' });
  const run = fold(refused, { type: 'run-ended', outcome: 'refused', accepted: 0, rejected: 0 });
  assert.equal(statusText(en, run), 'no task');
  assert.equal(run.reason, 'Chance level. (NO_SIGNAL)');
});

test('a cancelled run tells no stage, even while its last job ends', () => {
  const working = fold(running, { type: 'stage-started', stage: 'execute', task: 'a', attempt: 1 });
  assert.equal(
    runLine(en, { ...working, status: 'cancelled', isStopping: true, since: null }, 0),
    'cancelled, stopping',
  );
});

test('a resumed run begins its count anew, since it tells again what was decided', () => {
  const accepted = fold(running, { type: 'accepted', task: 'a', path: '/w/tasks/a' });
  assert.equal(accepted.accepted, 1);
  const again = fold(accepted, { type: 'run-started', run: '2026', dataset: '/w/birds', resumed: true });
  assert.equal(again.accepted, 0);
  assert.equal(fold(again, { type: 'accepted', task: 'a', path: '/w/tasks/a' }).accepted, 1);
});

test('a repaired candidate that is accepted no longer counts as rejected', () => {
  const rejected = fold(running, { type: 'rejected', task: 'a', stage: 'review', code: 'LEK004', reason: 'It leaks.' });
  const accepted = fold(rejected, { type: 'accepted', task: 'a', path: '/w/tasks/a' });
  assert.deepEqual([accepted.accepted, accepted.rejected], [1, 0]);
});
