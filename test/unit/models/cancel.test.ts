// A cancelled call ends at once, in whatever phase it is, and what it may have used is still charged.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Attempt } from '../../../src/models/port.ts';
import { systemTiming } from '../../../src/models/timing.ts';
import { ask } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { type Behaviour, delta, hang, refuse, stall } from '../../support/fault-server.ts';

/** Far below the two seconds that are promised. */
const atOnceMs = 1000;
const aMomentMs = 300;

/** Cancels a moment after the request has come in, or as soon as there is text. */
async function cancelDuring(t: TestContext, behaviour: Behaviour, when: 'asked' | 'text' = 'asked') {
  const { model, server } = await modelBefore(t, [behaviour], { timing: systemTiming });
  const stop = new AbortController();
  const attempts: Attempt[] = [];
  let stoppedAt = 0;
  const cancel = (): void => {
    stoppedAt ||= Date.now();
    stop.abort();
  };
  const poll = setInterval(() => {
    if (server.bodies.length === 0) return;
    clearInterval(poll);
    if (when === 'asked') setTimeout(cancel, aMomentMs);
  }, 10);
  const reply = await model.chat(ask('hi'), {
    signal: stop.signal,
    onAttempt: (attempt) => attempts.push(attempt),
    onText: () => {
      if (when === 'text') cancel();
    },
  });
  assert.ok(Date.now() - stoppedAt < atOnceMs, `${Date.now() - stoppedAt} ms`);
  assert.equal(reply.outcome, 'cancelled');
  assert.equal(server.bodies.length, 1);
  return { reply, attempts, server };
}

test('while the server has not answered; the server notices', { timeout: 10_000 }, async (t) => {
  const { attempts, server } = await cancelDuring(t, hang);
  assert.deepEqual(
    attempts.map(({ usage }) => usage?.source),
    ['reserved'],
  );
  while (server.abandoned() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

test('before the first token', async (t) => {
  await cancelDuring(t, stall(delta({ role: 'assistant' })));
});

test('in a stalled stream; the text so far is kept', async (t) => {
  const { reply } = await cancelDuring(t, stall(delta({ content: 'so far' })), 'text');
  assert.equal(reply.text, 'so far');
});

test('in a stream that flows', async (t) => {
  const { reply } = await cancelDuring(
    t,
    ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(`data: ${JSON.stringify(delta({ content: '.' }))}\n\n`), 10);
      response.on('close', () => clearInterval(timer));
    },
    'text',
  );
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
