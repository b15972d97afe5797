// The adapter before a well-behaved server: what is sent, what comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathered } from '../../../src/models/openai/gathered.ts';
import { judge } from '../../../src/models/openai/judge.ts';
import type { ChatRequest } from '../../../src/models/port.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { callTool, delta, say, stream, tokens, usageChunk } from '../../support/fault-server.ts';

const look = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };

test('text comes in pieces and as a whole, with usage, request id and the model that served', async (t) => {
  const { model, server } = await modelBefore(t, [say('Hello there')]);
  const pieces: string[] = [];
  const reply = await model.chat(ask('hi', { temperature: 0.5, seed: 7 }), {
    signal: calm(),
    onText: (piece) => pieces.push(piece),
  });
  assert.equal(reply.outcome, 'done');
  assert.equal(reply.text, 'Hello there');
  assert.deepEqual(pieces, ['Hello ', 'there']);
  assert.deepEqual(reply.usage, { input: 12, cachedInput: 0, output: 5, reasoning: 0, source: 'reported' });
  assert.equal(reply.model, 'served');
  assert.deepEqual(
    reply.attempts.map(({ outcome, status, requestId, rung }) => ({ outcome, status, requestId, rung })),
    [{ outcome: 'done', status: 200, requestId: 'req-1', rung: 'plain' }],
  );
  assert.deepEqual(server.bodies[0], {
    model: 'tiny',
    messages: [{ role: 'user', content: 'hi' }],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 200,
    temperature: 0.5,
    seed: 7,
  });
});

test('no key is sent where there is none, and nothing about this machine', async (t) => {
  const { model, server } = await modelBefore(t, [say('ok')]);
  await model.chat(ask('hi'), { signal: calm() });
  const names = Object.keys(server.headers[0] ?? {});
  assert.ok(!names.includes('authorization'));
  assert.deepEqual(
    names.filter((name) => name.startsWith('x-stainless') || name.startsWith('openai')),
    [],
  );
});

test('a key travels as a bearer token', async (t) => {
  const { model, server } = await modelBefore(t, [say('ok')], { key: 'secret-of-mine' });
  await model.chat(ask('hi'), { signal: calm() });
  assert.equal(server.headers[0]?.['authorization'], 'Bearer secret-of-mine');
});

test('a whole conversation keeps its roles, calls and results', async (t) => {
  const { model, server } = await modelBefore(t, [
    callTool({ index: 0, id: 'b', function: { name: 'look', arguments: '{"at":2}' } }),
  ]);
  const request: ChatRequest = ask('', {
    messages: [
      { role: 'system', text: 'Be brief.' },
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'look' },
          { kind: 'image', mediaType: 'image/png', base64: 'AAAA' },
        ],
      },
      { role: 'assistant', text: '', toolCalls: [{ id: 'a', name: 'look', arguments: '{"at":1}' }] },
      { role: 'tool', callId: 'a', name: 'look', text: 'seen' },
    ],
    tools: [look],
    toolChoice: 'auto',
  });
  const reply = await model.chat(request, { signal: calm() });
  assert.deepEqual(reply.toolCalls, [{ id: 'b', name: 'look', arguments: '{"at":2}' }]);
  assert.deepEqual(server.bodies[0].messages, [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'look' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content: 'seen' },
  ]);
  assert.deepEqual(server.bodies[0].tools, [{ type: 'function', function: look }]);
  assert.equal(server.bodies[0].tool_choice, 'auto');
});

test('tool calls are put together from pieces, whatever their numbering', async (t) => {
  const piece = (index: number, id: string | null, name: string | null, text: string) =>
    delta({ tool_calls: [{ index, id, function: { name, arguments: text } }] });
  const { model } = await modelBefore(t, [
    stream(
      piece(0, 'a', 'look', '{"x":'),
      piece(0, null, null, '1}'),
      piece(0, 'b', 'look', '{"x":2}'),
      delta({}, 'tool_calls'),
      usageChunk(),
      '[DONE]',
    ),
    stream(
      delta({ tool_calls: [{ function: { name: 'look', arguments: { x: 3 } } }] }),
      delta({}, 'stop'),
      usageChunk(),
      '[DONE]',
    ),
  ]);
  const request = ask('hi', { tools: [look], toolChoice: 'required' });
  assert.deepEqual((await model.chat(request, { signal: calm() })).toolCalls, [
    { id: 'a', name: 'look', arguments: '{"x":1}' },
    { id: 'b', name: 'look', arguments: '{"x":2}' },
  ]);
  assert.deepEqual((await model.chat(request, { signal: calm() })).toolCalls, [
    { id: 'call_1_0', name: 'look', arguments: '{"x":3}' },
  ]);
});

test('cached and reasoning tokens are told apart', async (t) => {
  const usage = {
    ...tokens,
    prompt_tokens_details: { cached_tokens: 8 },
    completion_tokens_details: { reasoning_tokens: 3 },
  };
  const { model } = await modelBefore(t, [say('ok', { usage })]);
  const { usage: read } = await model.chat(ask('hi'), { signal: calm() });
  assert.deepEqual(read, { input: 12, cachedInput: 8, output: 5, reasoning: 3, source: 'reported' });
});

test('before each attempt the most that it may use is told; what that throws ends the call', async (t) => {
  const { model, server } = await modelBefore(t, [say('ok')]);
  const stop = new Error('no money');
  const estimates: { input: number; output: number }[] = [];
  const beforeAttempt = async (estimate: { input: number; output: number }): Promise<void> => {
    estimates.push(estimate);
    throw stop;
  };
  await assert.rejects(model.chat(ask('hi'), { signal: calm(), beforeAttempt }), stop);
  assert.equal(server.bodies.length, 0);
  assert.equal(estimates[0]?.output, 200);
  assert.ok((estimates[0]?.input ?? 0) >= 9);
});

test('a certificate that nobody vouches for is not tried again', () => {
  const ending = { kind: 'lost', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } as const;
  const result = { ending, gathered: new Gathered(), status: null, headers: null };
  const verdict = judge(result, { text: '', toolCalls: [] }, 'host', 0);
  assert.equal(verdict.kind === 'answer' && verdict.failure?.code, 'MODEL_CONNECTION');
  assert.equal(
    judge({ ...result, ending: { kind: 'lost', code: 'ECONNRESET' } }, { text: '', toolCalls: [] }, 'host', 0).kind,
    'retry',
  );
});
