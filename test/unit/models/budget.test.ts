// A budget stops a run before its cap is passed, fails closed, and keeps what was paid for.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { type BillEntry, billBy, moneyText, sumBill } from '../../../src/models/bill.ts';
import { Budget, BudgetStop, limitsSchema, nothingSpent } from '../../../src/models/budget.ts';
import { metered } from '../../../src/models/metered.ts';
import type { ChatModel } from '../../../src/models/port.ts';
import { type OwnPrices, priceList } from '../../../src/models/prices.ts';
import { systemTiming } from '../../../src/models/timing.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { type Behaviour, delta, refuse, say, stall } from '../../support/fault-server.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const label = { agent: 'designer', stage: 'design', task: 'one' };
const cheap: OwnPrices = { 'local:*': { input: 10, output: 50 } };

async function budgeted(model: ChatModel, limits: object, { own = cheap, before = nothingSpent } = {}) {
  const budget = new Budget(limitsSchema.parse(limits), systemTiming, before);
  const entries: BillEntry[] = [];
  const prices = await priceList(own);
  const meter = { budget, prices, label, onEntry: (entry: BillEntry) => entries.push(entry), now: () => new Date() };
  return { model: metered(model, meter), budget, entries };
}

/** Calls until the budget stops it; tells how many answers came, and why it ended. */
async function untilStopped(model: ChatModel, signal = calm()) {
  const answers: string[] = [];
  for (;;) {
    try {
      answers.push((await model.chat(ask('hi'), { signal })).text);
    } catch (error) {
      assert.ok(error instanceof BudgetStop);
      return { answers, stop: error };
    }
    assert.ok(answers.length < 1000, 'the budget never stopped it');
  }
}

async function before(t: TestContext, behaviours: readonly Behaviour[], limits: object, own = cheap) {
  const { model, server } = await modelBefore(t, behaviours);
  return { ...(await budgeted(model, limits, { own })), server };
}

test('three calls: the fourth is not made', async (t) => {
  const { model, server, entries } = await before(t, [say('fine')], { calls: 3 });
  const { answers, stop } = await untilStopped(model);
  assert.equal(stop.limit, 'calls');
  assert.deepEqual(answers, ['fine', 'fine', 'fine']);
  assert.equal(server.bodies.length, 3);
  assert.equal(entries.length, 3);
});

test('retries count as calls, and a call that would retry beyond the cap stops', async (t) => {
  const { model, server, entries } = await before(t, [refuse(500, { message: 'oops' })], { calls: 3 });
  await assert.rejects(model.chat(ask('hi'), { signal: calm() }), BudgetStop);
  assert.equal(server.bodies.length, 3);
  assert.equal(sumBill(entries).usd, 0, 'a refusal costs nothing');
});

test('$0.05 is never passed, with the most that a call may cost set aside before it', async (t) => {
  const usage = { prompt_tokens: 20, completion_tokens: 190 };
  const { model, budget, entries } = await before(t, [say('fine', { usage })], { usd: 0.05 });
  const { answers, stop } = await untilStopped(model);
  assert.equal(stop.limit, 'usd');
  assert.ok(budget.spent.usd <= 0.05);
  assert.ok(Math.abs(budget.spent.usd - answers.length * (20 * 10 + 190 * 50) * 1e-6) < 1e-12);
  assert.ok(answers.length >= 4, 'most of the money is usable');
  assert.equal(sumBill(entries).usd, budget.spent.usd);
});

test('20,000 tokens are never passed', async (t) => {
  const usage = { prompt_tokens: 12, completion_tokens: 200 };
  const { model, budget } = await before(t, [say('fine', { usage })], { tokens: 20_000 });
  const { stop } = await untilStopped(model);
  assert.equal(stop.limit, 'tokens');
  assert.ok(budget.spent.tokens <= 20_000 && budget.spent.tokens > 19_000, `${budget.spent.tokens}`);
});

test('usage that is unknown is charged as set aside', async (t) => {
  const { model, budget, entries } = await before(t, [say('fine', { usage: null })], { tokens: 1000 });
  const { answers } = await untilStopped(model);
  assert.equal(answers.length, 4);
  assert.ok(budget.spent.tokens >= 4 * 200 && budget.spent.tokens <= 1000);
  assert.equal(sumBill(entries).reservedTokens, budget.spent.tokens);
});

test('time: a call under way when it runs out is ended, billed, and nothing is lost but itself', async (t) => {
  const { model, server, entries } = await before(t, [say('fine'), stall(delta({ content: 'f' }))], { minutes: 0.04 });
  const started = Date.now();
  const { answers, stop } = await untilStopped(model);
  assert.ok(Date.now() - started < 2400 + 2000, 'at once when the time is up');
  assert.equal(stop.limit, 'minutes');
  assert.ok(answers.length >= 1 && server.bodies.length >= 2);
  assert.equal(entries.length, server.bodies.length);
});

test('a user who cancels gets no budget stop', async (t) => {
  const { model } = await before(t, [stall()], { minutes: 5 });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 60);
  assert.equal((await model.chat(ask('hi'), { signal: stop.signal })).outcome, 'cancelled');
});

test('a cap in money without a price refuses before anything is sent, and says what to do', async (t) => {
  const { model, server } = await before(t, [say('fine')], { usd: 1 }, {});
  await assert.rejects(model.chat(ask('hi'), { signal: calm() }), (error: BudgetStop) => {
    assert.equal(error.code, 'PRICE_UNKNOWN');
    assert.match(error.remedy, /--budget-tokens.*MLE_FORGE_PRICES/);
    return true;
  });
  assert.equal(server.bodies.length, 0);
});

test('an answer that cost more than was set aside is kept; the next call is the one that stops', async (t) => {
  const usage = { prompt_tokens: 5000, completion_tokens: 200 };
  const { model, server } = await before(t, [say('fine', { usage })], { tokens: 4000 });
  const { answers } = await untilStopped(model);
  assert.deepEqual(answers, ['fine']);
  assert.equal(server.bodies.length, 1);
});

test('a resumed run goes on where it stopped', async () => {
  const spent = { usd: 0, tokens: 0, calls: 2, ms: 0 };
  const { model } = await budgeted(scriptedModel(['a', 'b']), { calls: 3 }, { before: spent });
  assert.deepEqual((await untilStopped(model)).answers, ['a']);
});

test('calls at the same time share the budget', async (t) => {
  const slow: Behaviour = (exchange) => void setTimeout(() => say('fine')(exchange), 50);
  const { model, server, budget } = await before(t, [slow], { tokens: 700 });
  const ends = await Promise.allSettled(Array.from({ length: 6 }, () => model.chat(ask('hi'), { signal: calm() })));
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 3);
  assert.equal(server.bodies.length, 3);
  assert.ok(budget.spent.tokens <= 700);
});

test('whatever is reserved and settled, no cap is passed as long as estimates hold', () => {
  const step = fc.record({
    estimate: fc.integer({ min: 1, max: 5000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 30_000 }), (steps, tokens) => {
      const budget = new Budget(limitsSchema.parse({ tokens, usd: tokens / 1000 }), systemTiming);
      for (const { estimate, share } of steps) {
        try {
          const hold = budget.reserve('local:x', estimate, estimate / 1000);
          budget.settle(hold, { tokens: Math.floor(estimate * share), usd: (estimate * share) / 1000 });
        } catch (error) {
          assert.ok(error instanceof BudgetStop);
        }
        assert.ok(budget.spent.tokens <= tokens && budget.spent.usd <= tokens / 1000);
      }
    }),
  );
});

test('a misspelt limit is an error, not no limit', () => {
  assert.throws(() => limitsSchema.parse({ token: 5 }));
  assert.throws(() => limitsSchema.parse({ usd: 0 }));
  assert.deepEqual(limitsSchema.parse({}), { usd: null, tokens: null, calls: null, minutes: null });
});

test('the bill is summed by agent and model, and money without a price is told in tokens', () => {
  const entry = (agent: string, model: string, usd: number | null): BillEntry => ({
    ...label,
    agent,
    model,
    input: 1000,
    cachedInput: 0,
    output: 500,
    reasoning: 0,
    reserved: false,
    usd,
    ms: 10,
  });
  const entries = [
    entry('designer', 'openai:gpt-5', 0.5),
    entry('judge', 'local:x', null),
    entry('designer', 'openai:gpt-5', 1.25),
  ];
  assert.deepEqual(
    billBy(entries, 'agent').map(({ name, sum }) => [name, sum.calls, sum.usd, sum.unpricedTokens]),
    [
      ['designer', 2, 1.75, 0],
      ['judge', 1, 0, 1500],
    ],
  );
  assert.equal(moneyText(sumBill(entries)), '$1.75 and 1,500 tokens without a price');
  assert.equal(moneyText(sumBill(entries.slice(1, 2))), '1,500 tokens without a price');
  assert.equal(moneyText(sumBill([])), 'nothing');
  assert.equal(moneyText(sumBill([entry('a', 'replay:x', 0)])), '$0.0000');
});
