// Every way of misbehaving ends in the promised way: outcome, requests, waits, and what is charged.
import assert from 'node:assert/strict';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BillEntry } from '../../../../src/models/bill.ts';
import { Budget, limitsSchema } from '../../../../src/models/budget.ts';
import { metered } from '../../../../src/models/metered.ts';
import type { Attempt, ChatReply } from '../../../../src/models/port.ts';
import { priceList } from '../../../../src/models/prices.ts';
import { askFor } from '../../../../src/models/structured.ts';
import { ask, calm } from '../../../support/chat-requests.ts';
import { hurriedTiming, modelBefore } from '../../../support/fault-model.ts';
import { assertGolden } from '../../../support/golden.ts';
import { type FaultCase, verdictSchema } from './fault-case.ts';
import { faultCases } from './fault-cases.ts';
import { faultsDocument } from './faults-document.ts';

/** US dollars per million tokens. */
const price = { input: 2, output: 8 };

for (const fault of faultCases) test(fault.title, { timeout: 10_000 }, (t) => check(t, fault));

async function check(t: TestContext, fault: FaultCase): Promise<void> {
  const timing = hurriedTiming();
  const { model: bare, server } = await modelBefore(t, fault.server, { ...fault.setting, timing });
  const entries: BillEntry[] = [];
  const model = metered(bare, {
    budget: new Budget(limitsSchema.parse({ usd: 1000, tokens: 1_000_000 }), timing),
    prices: await priceList({ 'local:*': price, 'ollama:*': price }),
    label: { agent: 'tester', stage: 'test', task: null },
    onEntry: (entry) => entries.push(entry),
    now: () => new Date(timing.now()),
  });
  const seen: Attempt[] = [];
  const options = { signal: calm(), onAttempt: (attempt: Attempt) => seen.push(attempt) };
  const { end } = fault;
  const last = await (async (): Promise<ChatReply> => {
    if (!fault.structured) return model.chat(fault.request ?? ask('hi'), options);
    const asked = await askFor(model, ask('hi'), verdictSchema, options);
    if (asked.kind === 'stopped') return { ...reply(asked.replies), outcome: asked.outcome, failure: asked.reason };
    assert.deepEqual(asked.value, { verdict: 'yes', why: 'it fits' });
    if (end.repaired !== undefined) assert.equal(asked.repaired, end.repaired);
    return reply(asked.replies);
  })();
  assert.equal(last.outcome, end.outcome, last.failure?.message);
  assert.equal(last.failure?.code, end.code, last.failure?.message);
  if (end.says !== undefined) assert.match(last.failure?.message ?? '', end.says);
  if (end.text !== undefined) assert.equal(last.text, end.text);
  if (end.waits !== undefined) assert.deepEqual(timing.waits, end.waits);
  if (end.calls !== undefined) {
    assert.deepEqual(
      last.toolCalls.map((call) => `${call.name} ${call.arguments}`),
      end.calls,
    );
  }
  assert.equal(server.bodies.length, end.requests);
  assert.deepEqual(
    seen.map(({ usage }) => usage?.source ?? 'nothing'),
    end.charged,
  );
  // The bill has a line for each request on the wire, and money for what was charged.
  assert.equal(entries.length, server.bodies.length);
  for (const [at, entry] of entries.entries()) {
    const dollars = (entry.input * price.input + entry.output * price.output) / 1_000_000;
    assert.ok(entry.usd !== null && Math.abs(entry.usd - dollars) < 1e-12);
    assert.equal(entry.usd > 0, end.charged[at] !== 'nothing');
    assert.equal(entry.reserved, end.charged[at] === 'reserved');
  }
  for (const { usage } of seen) {
    if (usage?.source === 'reserved') assert.ok(usage.output === 200 && usage.input > 0, 'the most it may have used');
  }
  assert.ok(!JSON.stringify([last, seen]).includes('own-key'), 'a key must not show');
}

function reply(replies: readonly ChatReply[]): ChatReply {
  const last = replies.at(-1);
  assert.ok(last);
  return last;
}

test('docs/model-faults.md tells the end of each', () => {
  assertGolden(path.resolve(import.meta.dirname, '../../../../docs/model-faults.md'), faultsDocument(faultCases));
});
