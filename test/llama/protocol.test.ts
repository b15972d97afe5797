// The whole path against a real llama.cpp engine: real tokens, real grammars, real limits. The model's weights are noise, so
// nothing here is about what it says.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { openModel } from '../../src/models/open-model.ts';
import type { ChatModel } from '../../src/models/port.ts';
import { askFor } from '../../src/models/structured.ts';
import { ask, calm } from '../support/chat-requests.ts';
import { mleForge } from '../support/command-line.ts';
import { writeTinyGguf } from '../support/llama/tiny-gguf.ts';

const env = process.env;
let folder = '';
let file = '';
let model: ChatModel;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mle-forge-llama-'));
  file = path.join(folder, 'tiny.gguf');
  await writeTinyGguf(file);
  model = await openModel(`gguf:${file}`, { env });
});
after(() => rm(folder, { recursive: true, force: true }));

const look = {
  name: 'look',
  description: 'Looks.',
  parameters: {
    type: 'object',
    properties: { at: { type: 'integer' } },
    required: ['at'],
    additionalProperties: false,
  },
};
const tools = [look];
const options = () => ({ signal: calm() });

test('text streams, and the limit on tokens is a true one', async () => {
  const outcomes: string[] = [];
  for (let seed = 1; seed <= 6; seed += 1) {
    let streamed = '';
    const onText = (piece: string): void => {
      streamed += piece;
    };
    const request = ask('Tell me about noise.', { maxOutputTokens: 24, temperature: 1, seed });
    const reply = await model.chat(request, { ...options(), onText });
    outcomes.push(reply.outcome);
    assert.equal(reply.usage.source, 'reported');
    // Noise may end at once, which is an empty answer and asked for again.
    if (reply.outcome === 'failed') assert.equal(reply.failure?.code, 'MODEL_EMPTY');
    else if (reply.attempts.length === 1) {
      assert.equal(streamed, reply.text);
      assert.ok(reply.usage.input > 20 && reply.usage.output <= 24);
      if (reply.outcome === 'length') assert.equal(reply.usage.output, 24);
      assert.match(reply.attempts[0]?.requestId ?? '', /^chatcmpl-/);
    }
  }
  assert.ok(outcomes.filter((outcome) => outcome !== 'failed').length >= 2, outcomes.join());
});

test('a grammar holds the model to the schema: unions, nulls, lists and all', async () => {
  const schema = z.strictObject({
    verdict: z.enum(['accept', 'reject']),
    score: z.number().int().nullable(),
    flags: z.array(z.enum(['leak', 'metric', 'split'])).max(3),
    split: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('time'), share: z.enum(['half', 'third']) }),
      z.strictObject({ by: z.literal('rows'), shuffled: z.boolean() }),
    ]),
  });
  let atOnce = 0;
  for (let seed = 0; seed < 6; seed += 1) {
    const request = ask('Judge.', { maxOutputTokens: 300, temperature: 1, seed });
    const asked = await askFor(model, request, schema, options());
    if (asked.kind === 'stopped') assert.equal(asked.reason.code, 'ANSWER_TRUNCATED');
    else {
      assert.equal(asked.repaired, false);
      if (asked.replies.length === 1) atOnce += 1;
    }
  }
  // A grammar knows no largest integer, so one may be beyond what zod takes.
  assert.ok(atOnce >= 3, `${atOnce} of 6`);
});

test('an answer that the limit cuts is told as cut and never mended', async () => {
  const schema = z.strictObject({ words: z.array(z.enum(['alpha', 'beta', 'gamma'])).min(40) });
  const asked = await askFor(model, ask('Go.', { maxOutputTokens: 30, seed: 1 }), schema, options());
  assert.equal(asked.kind === 'stopped' && asked.reason.code, 'ANSWER_TRUNCATED');
});

test('what the engine refuses is learned from: no forced tool', async () => {
  const first = await model.chat(
    ask('Look.', { tools, toolChoice: 'required', maxOutputTokens: 30, seed: 2 }),
    options(),
  );
  assert.deepEqual(
    first.attempts.map(({ status }) => status),
    [400, 200],
  );
  const second = await model.chat(
    ask('Look.', { tools, toolChoice: 'required', maxOutputTokens: 30, seed: 2 }),
    options(),
  );
  assert.equal(second.attempts.length, 2 - Number(first.outcome === 'done' || first.outcome === 'length'));
});

test('a conversation with calls and results is read', async () => {
  const messages = [
    { role: 'system', text: 'Be brief.' },
    ...ask('Look.').messages,
    { role: 'assistant', text: 'I look.', toolCalls: [{ id: 'a', name: 'look', arguments: '{"at":1}' }] },
    { role: 'tool', callId: 'a', name: 'look', text: 'seen' },
  ] as const;
  const reply = await model.chat(
    ask('', { messages, tools, toolChoice: 'auto', maxOutputTokens: 20, seed: 5 }),
    options(),
  );
  assert.ok(reply.usage.input > 50, reply.failure?.message);
});

test('a prompt beyond the context is refused, not cut', async () => {
  const reply = await model.chat(ask('word '.repeat(9000), { maxOutputTokens: 20 }), options());
  assert.equal(reply.failure?.code, 'MODEL_CONTEXT_OVERFLOW');
  assert.equal(reply.attempts.length, 1);
});

test('a cancelled answer ends at once, and the engine serves on', async () => {
  const stop = new AbortController();
  let stoppedAt = 0;
  const schema = {
    type: 'object',
    properties: { words: { type: 'array', items: { enum: ['alpha', 'beta'] }, minItems: 2000 } },
    required: ['words'],
    additionalProperties: false,
  };
  const request = ask('Go.', { format: { name: 'long', schema }, maxOutputTokens: 7000, seed: 1 });
  const reply = await model.chat(request, {
    signal: stop.signal,
    onText: () => {
      stoppedAt ||= Date.now();
      stop.abort();
    },
  });
  assert.equal(reply.outcome, 'cancelled');
  assert.ok(Date.now() - stoppedAt < 2000);
  const next = await model.chat(ask('Still there?', { maxOutputTokens: 5, seed: 1 }), options());
  assert.ok(next.usage.output > 0, next.failure?.message);
});

test('two calls at once are both answered', async () => {
  const replies = await Promise.all(
    [1, 2].map((seed) => model.chat(ask('Hi.', { maxOutputTokens: 10, temperature: 1, seed }), options())),
  );
  for (const { outcome, failure } of replies)
    assert.ok(outcome === 'done' || outcome === 'length' || failure?.code === 'MODEL_EMPTY');
});

test('the command line opens the same file, and ends', async () => {
  const { status, stdout, stderr } = await mleForge(['models', `gguf:${file}`, '--check']);
  assert.match(stdout, /at this machine/);
  assert.ok(status === 0 || /MODEL_EMPTY/.test(stderr), stderr);
});

test('a file that is no model, and half a model, are refused with the reason', async () => {
  const broken = path.join(folder, 'broken.gguf');
  await writeFile(broken, 'GGUF but not really a model file');
  await assert.rejects(openModel(`gguf:${broken}`, { env }), /broken\.gguf: it does not begin like a GGUF file/);
  const half = path.join(folder, 'half.gguf');
  await writeFile(half, (await readFile(file)).subarray(0, 200_000));
  await assert.rejects(openModel(`gguf:${half}`, { env }), /could not load .*half\.gguf/);
});
