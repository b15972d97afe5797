// A run in front of each misbehaving server: it ends as the call ends, its bill is what was charged, and nothing is lost. A run
// that failed goes on in front of a sound server, and does not repeat what it had.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Conversation, type Seat } from '../../../src/agents/loop/conversation.ts';
import { meteredSeat } from '../../../src/agents/loop/metered-seat.ts';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { forge } from '../../../src/forge/forge.ts';
import type { Engine } from '../../../src/forge/request.ts';
import { Budget, limitsSchema } from '../../../src/models/budget.ts';
import type { ChatModel } from '../../../src/models/port.ts';
import { priceList } from '../../../src/models/prices.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { say } from '../../support/fault-server.ts';
import { type Scripted, scripted } from '../../support/scripted-forge.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { type FaultCase, good, verdictSchema } from '../models/faults/fault-case.ts';
import { faultCases } from '../models/faults/fault-cases.ts';

const price = { input: 2, output: 8 };
/** As much as the calls of the cases allow. */
const outputTokens = 200;

/** An engine whose Brainstormer has one thing to ask a model; the rest is scripted. */
async function engineOf(model: ChatModel, { deps }: Scripted, fault: FaultCase): Promise<Engine> {
  const prices = await priceList({ 'local:*': price, 'ollama:*': price });
  const { agents } = deps;
  assert.ok(agents !== undefined);
  return {
    name: 'local:tiny',
    version: '1',
    minutes: null,
    notice: 'To this machine goes a question.',
    hire: ({ desk, clock }) => {
      const budget = new Budget(limitsSchema.parse({ usd: 1000 }), clock);
      const seat: Seat = {
        ...meteredSeat('brainstormer', model, { budget, prices, clock, seed: 0 }),
        maxOutputTokens: outputTokens,
      };
      return {
        ...agents,
        brainstormer: async (input, context) => {
          const { signal } = context;
          const conversation = new Conversation({
            desk,
            seat,
            task: null,
            about: 1,
            system: 'You test.',
            clock,
            signal,
          });
          conversation.say('hi');
          if (fault.structured) await conversation.askFor('verdict', verdictSchema);
          else await conversation.ask([]);
          return agents.brainstormer(input, context);
        },
      };
    },
  };
}

async function run(it: Scripted, engine: Engine, resume?: string): Promise<{ events: ForgeEvent[]; error: unknown }> {
  const events: ForgeEvent[] = [];
  const request = resume === undefined ? it.request : { ...it.request, resume };
  try {
    for await (const event of forge(request, { ...it.deps, engine })) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: null };
}

async function check(t: TestContext, fault: FaultCase): Promise<void> {
  const it = await scripted(await tempFolder(t), { formulations: ['first'] });
  const { model, server } = await modelBefore(t, fault.server, fault.setting);
  const { events, error } = await run(it, await engineOf(model, it, fault));
  const { end } = fault;
  const asked = server.bodies.length;
  const calls = events.flatMap((event) => (event.type === 'model-call' ? [event] : []));
  assert.equal(
    calls.reduce((sum, call) => sum + call.attempts, 0),
    asked,
    'every request is in the journal',
  );
  for (const { usd, usage } of calls) {
    const dollars = (usage.input * price.input + usage.output * price.output) / 1_000_000;
    assert.ok(usd !== null && Math.abs(usd - dollars) < 1e-12, 'and its money in the bill');
  }
  const last = events.at(-1);
  assert.ok(last?.type === 'run-ended');
  // A server that answers, but never in the form that was asked for, stops the agent and not the run.
  const isFailed = (end.outcome === 'failed' || end.outcome === 'timeout') && end.code?.startsWith('ANSWER_') !== true;
  if (!isFailed) {
    assert.deepEqual([last.outcome, error], ['done', null]);
    return;
  }
  assert.equal(last.outcome, 'failed');
  assert.ok(error instanceof ForgeError && error.code === end.code && error.remedy !== '', String(error));

  const first = events[0];
  const sound = await modelBefore(t, [say(fault.structured ? good : 'fine')]);
  const resumed = await run(it, await engineOf(sound.model, it, fault), first?.type === 'run-started' ? first.run : '');
  const ended = resumed.events.at(-1);
  assert.deepEqual([ended?.type === 'run-ended' && ended.outcome, resumed.error], ['done', null]);
  assert.equal(sound.server.bodies.length, 1);
  const profile = resumed.events.find((event) => event.type === 'stage-ended' && event.stage === 'profile');
  assert.ok(profile?.type === 'stage-ended' && profile.reused, 'what was done before is kept');
}

// A question with tools of its own is no question of a run.
for (const fault of faultCases.filter(({ request }) => request === undefined)) {
  test(fault.title, { timeout: 20_000 }, (t) => check(t, fault));
}
