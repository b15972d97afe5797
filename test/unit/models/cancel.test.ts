// A cancelled call ends at once, in whatever phase it is, and what it may have used is still charged.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Attempt } from '../../../src/models/port.ts';
import { systemTiming } from '../../../src/models/timing.ts';
import { ask } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { type Behaviour, delta, hang, refuse, stall } from '../../support/fault-server.ts';

const patient = { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000 };
/** Far below the two seconds that are promised. */
const atOnceMs = 500;

async function cancelDuring(t: TestContext, behaviour: Behaviour, afterMs = 120) {
  const { model, server } = await modelBefore(t, [behaviour], { clocks: patient, timing: systemTiming });
  const stop = new AbortController();
  const attempts: Attempt[] = [];
  let stoppedAt = 0;
  setTimeout(() => {
    stoppedAt = Date.now();
    stop.abort();
  }, afterMs);
  const reply = await model.chat(ask('hi'), { signal: stop.signal, onAttempt: (attempt) => attempts.push(attempt) });
  assert.ok(Date.now() - stoppedAt < atOnceMs, `${Date.now() - stoppedAt} ms`);
  assert.equal(reply.outcome, 'cancelled');
  assert.equal(server.bodies.length, 1);
  return { reply, attempts, server };
}

test('while the server has not answered', async (t) => {
  const { attempts, server } = await cancelDuring(t, hang);
  assert.deepEqual(
    attempts.map(({ usage }) => usage?.source),
    ['reserved'],
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(server.abandoned(), 1, 'the server must notice');
});

test('before the first token', async (t) => {
  await cancelDuring(t, stall(delta({ role: 'assistant' })));
});

test('in a stalled stream; the text so far is kept', async (t) => {
  const { reply } = await cancelDuring(t, stall(delta({ content: 'so far' })));
  assert.equal(reply.text, 'so far');
});

test('in a stream that flows', async (t) => {
  const { reply } = await cancelDuring(t, ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(`data: ${JSON.stringify(delta({ content: '.' }))}\n\n`), 10);
    response.on('close', () => clearInterval(timer));
  });
  assert.match(reply.text, /^\.+$/);
});

test('while waiting as long as the server asked', async (t) => {
  const { reply, attempts } = await cancelDuring(t, refuse(429, { message: 'slow' }, { 'retry-after': '60' }));
  assert.match(attempts[0]?.message ?? '', /Trying again in 60 s/);
  assert.equal(reply.usage.input, 0);
});

test('before anything was sent', async (t) => {
  const { model, server } = await modelBefore(t, [hang]);
  const reply = await model.chat(ask('hi'), { signal: AbortSignal.abort() });
  assert.equal(reply.outcome, 'cancelled');
  assert.deepEqual(reply.attempts, []);
  assert.equal(server.bodies.length, 0);
});
