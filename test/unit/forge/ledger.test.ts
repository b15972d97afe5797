import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ForgeEvent, Stage } from '../../../src/forge/events.ts';
import { ledgerOf } from '../../../src/forge/ledger.ts';
import { anError } from '../../support/drafts.ts';

const started = (stage: Stage, task: string | null): ForgeEvent => ({ type: 'stage-started', stage, task, attempt: 1 });
const ended = (stage: Stage, task: string | null, errors = 0, reused = false): ForgeEvent => ({
  type: 'stage-ended',
  stage,
  task,
  ms: 100,
  reused,
  errors,
});
const call = (usd: number | null, reused = false): ForgeEvent => ({
  type: 'model-call',
  task: 'a',
  agent: 'designer',
  conversation: 'c',
  step: 0,
  model: 'openai:gpt-5',
  outcome: 'done',
  usage: { input: 900, cachedInput: 0, output: 100, reasoning: 0, source: 'reported' },
  usd,
  ms: 10,
  attempts: 1,
  reused,
});
const finding: ForgeEvent = { type: 'finding', task: 'a', finding: anError('LEK004', 'A leak.') };

test('a candidate that fails a gate and passes it later is repaired; one that is rejected there is lost', () => {
  const rows = ledgerOf([
    started('design', 'a'),
    call(0.02),
    ended('design', 'a'),
    started('review', 'a'),
    ended('review', 'a', 1),
    finding,
    started('design', 'a'),
    call(0.03),
    ended('design', 'a'),
    started('review', 'a'),
    ended('review', 'a'),
    started('review', 'b'),
    ended('review', 'b', 1),
    { type: 'rejected', task: 'b', stage: 'review', code: 'MET005', reason: 'Broken.' },
  ]);
  const [design, review] = rows;
  assert.deepEqual(
    [design?.stage, design?.tried, design?.failed, design?.models],
    ['design', 2, 0, { 'openai:gpt-5': { usd: 0.05, tokens: 2000, calls: 2 } }],
  );
  assert.deepEqual(
    [review?.tried, review?.failed, review?.repaired, review?.lost, review?.codes],
    [3, 2, 1, 1, { LEK004: 1, MET005: 1 }],
  );
});

test('what a resumed run tells again is neither tried nor paid again, and an unknown price stays unknown', () => {
  const [design] = ledgerOf([
    started('design', 'a'),
    call(null),
    call(0.02, true),
    ended('design', 'a', 0, true),
    ended('design', 'b'),
  ]);
  assert.deepEqual([design?.tried, design?.models], [1, { 'openai:gpt-5': { usd: null, tokens: 1000, calls: 1 } }]);
});
