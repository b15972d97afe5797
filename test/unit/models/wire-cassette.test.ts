// The log of a server in OpenAI's format is a cassette as well: what the adapter sent is recognised as what was asked.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { modelSchema } from '../../../src/models/model-schema.ts';
import type { ChatRequest } from '../../../src/models/port.ts';
import { parseCassette } from '../../../src/models/replay/cassette.ts';
import { replayModel } from '../../../src/models/replay/replay-model.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { type Behaviour, completion, document } from '../../support/fault-server.ts';
import { verdictSchema } from './faults/fault-case.ts';

const look = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } };
const format = { name: 'verdict', schema: modelSchema(verdictSchema) };
const system = { role: 'system', text: 'Judge.' } as const;
const image = { kind: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;

/** Asks live, keeps the server's log, asks the log again: both must answer alike. */
async function again(t: TestContext, request: ChatRequest, answer: object, finish = 'stop'): Promise<void> {
  const whole = completion(answer, finish);
  const behaviour: Behaviour = document(whole);
  const { model, server } = await modelBefore(t, [behaviour]);
  const live = await model.chat(request, { signal: calm() });
  const log = JSON.stringify({ id: '1', request: server.bodies[0], response: JSON.parse(whole) });
  const replayed = await replayModel(parseCassette(`${log}\n`, 'log')).chat(request, { signal: calm() });
  assert.equal(replayed.failure, null);
  const kept = ({ outcome, text, toolCalls, usage, model: served }: typeof live) => ({
    outcome,
    text,
    toolCalls,
    usage,
    served,
  });
  assert.deepEqual(kept(replayed), kept(live));
}

test('plain text', (t) => again(t, ask('hi'), { content: 'hello' }));

test('an answer cut by the limit', (t) => again(t, ask('hi'), { content: 'hel' }, 'length'));

test('a structured answer, with and without a system message', async (t) => {
  await again(t, ask('hi', { format }), { content: '{"verdict": "yes", "why": ""}' });
  await again(t, ask('', { format, messages: [system, ...ask('hi').messages] }), {
    content: '{"verdict": "yes", "why": ""}',
  });
});

test('tools, their calls and results', async (t) => {
  const tools = { tools: [look], toolChoice: 'auto' } as const;
  await again(t, ask('hi', tools), { content: null, tool_calls: [call] }, 'tool_calls');
  const messages = [
    system,
    ...ask('hi').messages,
    { role: 'assistant', text: '', toolCalls: [{ id: 'c1', name: 'look', arguments: '{"at":1}' }] },
    { role: 'tool', callId: 'c1', name: 'look', text: 'seen' },
  ] as const;
  await again(t, ask('', { ...tools, messages }), { content: 'I saw it.' });
});

test('images, and text in several parts', async (t) => {
  const two = [
    { kind: 'text', text: 'a' },
    { kind: 'text', text: 'b' },
  ] as const;
  await again(t, ask('', { messages: [{ role: 'user', parts: two }] }), { content: 'ab' });
  await again(t, ask('', { messages: [{ role: 'user', parts: [...two, image, ...two] }] }), { content: 'a cat' });
});

test('thoughts are left out of what is replayed', (t) => again(t, ask('hi'), { content: '<think>hm</think>hello' }));
