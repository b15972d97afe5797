import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelCall } from '../../../src/agents/loop/events.ts';
import { runDesk } from '../../../src/forge/desk.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { chained, type JournalEntry } from '../../../src/forge/journal-entry.ts';

const call = (change: Partial<ModelCall> = {}): ModelCall => ({
  type: 'model-call',
  task: null,
  agent: 'designer',
  conversation: 'c',
  step: 0,
  model: 'local:tiny',
  outcome: 'done',
  usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0, source: 'reported' },
  usd: null,
  ms: 1,
  attempts: 1,
  reused: false,
  ...change,
});

/** What is told of an answer that is known, after these calls were journalled. */
function retold(past: readonly ForgeEvent[], ...known: readonly ModelCall[]): boolean[] {
  const entries: JournalEntry[] = [];
  for (const event of past) entries.push(chained(entries.at(-1), 0, { kind: 'event', event }));
  const told: ForgeEvent[] = [];
  const desk = runDesk(
    { memo: async () => assert.fail('nothing is asked'), tell: (event) => told.push(event) },
    entries,
  );
  for (const event of known) desk.tell(event);
  return told.map((event) => event.type === 'model-call' && event.reused);
}

test('an answer that is in the bill is known, and free', () => {
  assert.deepEqual(retold([call()], call({ reused: true })), [true]);
});

test('an answer that was kept by a process killed before its line in the bill is billed once', () => {
  assert.deepEqual(retold([], call({ reused: true }), call({ reused: true })), [false, true]);
});

test('a failed call before it does not stand for the answer', () => {
  assert.deepEqual(retold([call({ outcome: 'timeout' })], call({ reused: true })), [false]);
});
