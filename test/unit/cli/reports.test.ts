import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ladderLines } from '../../../src/cli/ladder-text.ts';
import { RunFold } from '../../../src/forge/run-summary.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { figure } from '../../../src/verify/report/summary.ts';
import { anError } from '../../support/drafts.ts';

test('the ladder is a table with intervals, and seconds where they were measured', () => {
  const ladder: VerificationReport['ladder'] = [
    { name: 'constant', score: 0.5, ci95: [0.41234, 0.6], gain: null },
    { name: 'strong', score: 0.91234, ci95: [0.85, 0.95], gain: { value: 0.41234, ci95: [0.3, 0.5] } },
  ];
  assert.deepEqual(ladderLines(ladder, new Map([['strong', 2.34]])), [
    'baseline   score  95 % interval    gain  95 % interval  seconds',
    'constant     0.5  0.4123 to 0.6                             0.0',
    'strong    0.9123  0.85 to 0.95   0.4123  0.3 to 0.5         2.3',
  ]);
});

test('scores keep four digits, large ones none behind the point', () => {
  assert.deepEqual([0.123456, 47719.4, 12, -0.5, 1e-7].map(figure), ['0.1235', '47719', '12', '-0.5', '1e-7']);
});

test('a resumed run counts a task once, with what was decided last', () => {
  const fold = new RunFold();
  fold.take({ type: 'rejected', task: 'a', stage: 'design', code: 'X', reason: 'x' });
  fold.take({ type: 'run-ended', outcome: 'cancelled', accepted: 0, rejected: 1 });
  fold.take({ type: 'run-started', run: 'r', dataset: 'd', resumed: true });
  assert.equal(fold.outcome, 'running');
  fold.take({ type: 'finding', task: 'a', finding: anError('LEK004', 'Leak.') });
  fold.take({ type: 'repair', task: 'a', attempt: 1, changes: [] });
  fold.take({ type: 'accepted', task: 'a', path: '/out/a' });
  assert.deepEqual([fold.accepted.size, fold.rejected.size, fold.findings.size], [1, 0, 0]);
});
