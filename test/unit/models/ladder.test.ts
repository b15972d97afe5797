// What an endpoint can do is found out once, and only what worked is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CapabilityMemory } from '../../../src/models/openai/ladder.ts';
import { askFor } from '../../../src/models/structured.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { modelBefore } from '../../support/fault-model.ts';
import { type Behaviour, refuse, say } from '../../support/fault-server.ts';
import { good, verdictSchema } from './faults/fault-case.ts';

/** Takes json_object only, and only under the name max_completion_tokens. */
const picky: Behaviour = (exchange) => {
  const { body } = exchange;
  if ('max_tokens' in body)
    return refuse(400, { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'." })(exchange);
  if (body.tools !== undefined || body.response_format?.type === 'json_schema')
    return refuse(400, { message: 'no' })(exchange);
  return say(good)(exchange);
};

test('the first call searches, the later ones know', async (t) => {
  const memory: CapabilityMemory = new Map();
  const { model, server } = await modelBefore(t, [picky], { memory });
  const call = () => askFor(model, ask('hi'), verdictSchema, { signal: calm() });
  assert.equal((await call()).kind, 'answer');
  assert.equal(server.bodies.length, 4);
  assert.equal((await call()).kind, 'answer');
  assert.equal(server.bodies.length, 5);
  assert.deepEqual(server.bodies[4].response_format, { type: 'json_object' });
  const rungs = [...memory.values()].map(({ rung, compat }) => [rung, compat.maxTokensField]);
  assert.deepEqual(rungs, [['json_object', 'max_completion_tokens']]);
});

test('a refusal of everything is not remembered as a rung', async (t) => {
  const memory: CapabilityMemory = new Map();
  const { model } = await modelBefore(t, [refuse(400, { message: 'no' })], { memory });
  await askFor(model, ask('hi'), verdictSchema, { signal: calm() });
  assert.equal(memory.size, 0);
});

test('the schema stands in the prompt on every rung', async (t) => {
  const { model, server } = await modelBefore(t, [refuse(400, { message: 'no' })]);
  await askFor(model, ask('hi'), verdictSchema, { signal: calm() });
  assert.deepEqual(
    server.bodies.map((body) => [body.response_format?.type, body.tool_choice?.function?.name]),
    [
      ['json_schema', undefined],
      [undefined, 'answer'],
      ['json_object', undefined],
      [undefined, undefined],
    ],
  );
  for (const body of server.bodies) assert.match(body.messages[0].content, /fit this JSON schema:\n\{"type":"object"/);
});

test('a re-ask shows the model its answer and the fault', async (t) => {
  const { model, server } = await modelBefore(t, [say('{"verdict": "maybe", "why": ""}'), say(good)]);
  const asked = await askFor(model, ask('hi'), verdictSchema, { signal: calm() });
  assert.equal(asked.replies.length, 2);
  const [, , answer, complaint] = server.bodies[1].messages;
  assert.deepEqual(answer, { role: 'assistant', content: '{"verdict": "maybe", "why": ""}' });
  assert.match(complaint.content, /expected one of "yes"\|"no"[\s\S]*verdict/);
});

test('with other tools at hand the answer may be a tool as well', async (t) => {
  const look = { name: 'look', description: '', parameters: { type: 'object', properties: {} } };
  const { model, server } = await modelBefore(t, [refuse(400, { message: 'no' }), say(good)]);
  await askFor(model, ask('hi', { tools: [look], toolChoice: 'auto' }), verdictSchema, { signal: calm() });
  assert.deepEqual(
    server.bodies[1].tools.map((tool: { function: { name: string } }) => tool.function.name),
    ['look', 'answer'],
  );
  assert.equal(server.bodies[1].tool_choice, 'required');
});
