import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentName } from '../../../src/agents/loop/events.ts';
import { billDocument, billOf } from '../../../src/forge/bill.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';

const call = (agent: AgentName, task: string | null, usd: number | null, reused = false): ForgeEvent => ({
  type: 'model-call',
  task,
  agent,
  conversation: 'c',
  step: 0,
  model: 'openai:gpt-5',
  outcome: 'done',
  usage: { input: 90, cachedInput: 0, output: 10, reasoning: 0, source: 'reported' },
  usd,
  ms: 5,
  attempts: 1,
  reused,
});

test('a bill is summed by agent, stage and task; known answers are free and unknown prices stay in tokens', () => {
  const events = [
    call('brainstormer', null, 0.01),
    call('designer', 'a', 0.02),
    call('designer', 'a', 0.02, true),
    call('designer', 'b', null),
  ];
  const { total, agents, stages, tasks } = billDocument(billOf(events));
  assert.deepEqual([total.calls, total.input, total.usd, total.unpricedTokens], [3, 270, 0.03, 100]);
  assert.deepEqual(
    [agents, stages, tasks].map((rows) => rows.map((row) => [Object.values(row)[0], row.calls])),
    [
      [
        ['brainstormer', 1],
        ['designer', 2],
      ],
      [
        ['brainstorm', 1],
        ['design', 2],
      ],
      [
        [null, 1],
        ['a', 1],
        ['b', 1],
      ],
    ],
  );
});
