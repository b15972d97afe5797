// A language model of the editor behind the port of models.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { editorModelId, parseEditorModelId } from '../../../src/extension/models/editor-line.ts';
import { editorModel } from '../../../src/extension/models/editor-model.ts';
import { Budget, BudgetStop, limitsSchema } from '../../../src/models/budget.ts';
import { metered } from '../../../src/models/metered.ts';
import type { ChatRequest, ToolSpec } from '../../../src/models/port.ts';
import { priceList } from '../../../src/models/prices.ts';
import { askFor } from '../../../src/models/structured.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { fails, hangs, type LineStep, pretendedLine } from '../../support/pretended-line.ts';

const look: ToolSpec = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
const timing = { now: () => 0, sleep: async () => {}, random: () => 0 };

/** Asks a model that answers so. */
async function asked(answers: readonly (readonly LineStep[])[], request: ChatRequest = ask('hi')) {
  const line = pretendedLine(answers);
  const reply = await editorModel(line, { timing }).chat(request, { signal: calm() });
  return { line, reply };
}

test('text comes piece by piece, and tokens are an estimate by the counter of the model', async () => {
  const pieces: string[] = [];
  const line = pretendedLine([['Good ', 'day.']]);
  const reply = await editorModel(line).chat(ask('hello'), { signal: calm(), onText: (text) => pieces.push(text) });
  assert.deepEqual(pieces, ['Good ', 'day.']);
  assert.equal(reply.outcome, 'done');
  assert.equal(reply.text, 'Good day.');
  assert.deepEqual(reply.usage, { input: 2, cachedInput: 0, output: 3, reasoning: 0, source: 'estimated' });
});

test('system text opens the first message of the user, between marks, and roles take turns', async () => {
  const { line } = await asked([['ok']], {
    ...ask(''),
    messages: [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', parts: [{ kind: 'text', text: 'Count.' }] },
      { role: 'assistant', text: '', toolCalls: [{ id: 'c1', name: 'look', arguments: '{"at":1}' }] },
      { role: 'tool', callId: 'c1', name: 'look', text: 'three' },
      { role: 'user', parts: [{ kind: 'text', text: 'And now?' }] },
    ],
  });
  const [first, second, third, ...others] = line.requests[0]?.messages ?? [];
  assert.equal(first?.role, 'user');
  assert.match(
    JSON.stringify(first?.parts[0]),
    /\[Instructions of the program.*Be brief\..*\[End of the instructions\]/,
  );
  assert.deepEqual(first?.parts[1], { kind: 'text', text: 'Count.' });
  assert.deepEqual(second, {
    role: 'assistant',
    parts: [{ kind: 'call', id: 'c1', name: 'look', input: { at: 1 } }],
  });
  assert.deepEqual(third, {
    role: 'user',
    parts: [
      { kind: 'result', callId: 'c1', text: 'three' },
      { kind: 'text', text: 'And now?' },
    ],
  });
  assert.deepEqual(others, []);
});

test('tools are offered, and their calls come back as JSON text', async () => {
  const { line, reply } = await asked([[{ kind: 'call', id: 'c1', name: 'look', input: { at: 2 } }]], {
    ...ask('go'),
    tools: [look, { ...look, name: 'listen' }],
    toolChoice: 'required',
  });
  assert.deepEqual(reply.toolCalls, [{ id: 'c1', name: 'look', arguments: '{"at":2}' }]);
  // Some models take only one tool when they must call one.
  assert.equal(line.requests[0]?.mustCall, false);
  assert.equal(line.requests[0]?.tools.length, 2);
});

const shape = z.strictObject({ answer: z.string() });

test('a structured answer is asked for with exactly one tool that must be called', async () => {
  const line = pretendedLine([[{ kind: 'call', id: 'c', name: 'shape', input: { answer: 'yes' } }]]);
  const { format: _, ...request } = { ...ask('well?'), tools: [look] };
  const asked = await askFor(editorModel(line), request, shape, { signal: calm(), name: 'shape' });
  assert.deepEqual(asked.kind === 'answer' && asked.value, { answer: 'yes' });
  assert.deepEqual(
    line.requests.map(({ tools, mustCall }) => [tools.map(({ name }) => name), mustCall]),
    [[['shape'], true]],
  );
});

test('a model without tools is asked for JSON by the prompt', async () => {
  const { format: _, ...request } = ask('well?');
  const line = pretendedLine([[fails('Unknown', 'this model does not support tools')], ['{"answer": "yes"}']]);
  const asked = await askFor(editorModel(line, { timing }), request, shape, { signal: calm() });
  assert.deepEqual(asked.kind === 'answer' && asked.value, { answer: 'yes' });
  assert.deepEqual(line.requests[1]?.tools, []);
  assert.match(JSON.stringify(line.requests[1]?.messages), /Answer with one JSON object/);
});

for (const [code, said, expected, remedy] of [
  ['NoPermissions', 'denied', 'MODEL_NO_PERMISSION', /Allow it/],
  ['Blocked', 'quota exceeded', 'MODEL_BLOCKED', /Wait until the quota/],
  ['NotFound', 'gone', 'MODEL_GONE', /another model/],
  ['Unknown', 'prompt is too long', 'MODEL_CONTEXT_OVERFLOW', /longer context/],
  ['Unknown', 'a riddle', 'MODEL_BAD_REQUEST', /words say why/],
] as const) {
  test(`the error ${code} (${said}) is a failure with a remedy, and is not tried again`, async () => {
    const { line, reply } = await asked([[fails(code, said)]]);
    assert.equal(reply.outcome, 'failed');
    assert.equal(reply.failure?.code, expected);
    assert.match(reply.failure?.remedy ?? '', remedy);
    assert.equal(line.requests.length, 1);
    assert.equal(reply.usage.output, 0);
  });
}

test('a filter that withholds the answer is a refusal', async () => {
  const { reply } = await asked([[fails('Unknown', 'Response got filtered.')]]);
  assert.equal(reply.outcome, 'refusal');
});

test('a busy model and a lost connection are tried again, and every attempt is told', async () => {
  const { line, reply } = await asked([
    [fails('Unknown', 'Too many requests')],
    ['half', fails('Unknown', 'read ECONNRESET')],
    ['whole'],
  ]);
  assert.equal(reply.text, 'whole');
  assert.equal(line.requests.length, 3);
  assert.deepEqual(
    reply.attempts.map(({ outcome, usage }) => [outcome, usage?.output ?? null]),
    [
      ['MODEL_UNAVAILABLE', null],
      ['MODEL_CONNECTION', 1],
      ['done', 2],
    ],
  );
});

test('an answer of nothing is asked for twice, then it is a failure', async () => {
  const { line, reply } = await asked([[], []]);
  assert.equal(reply.failure?.code, 'MODEL_EMPTY');
  assert.equal(line.requests.length, 2);
});

test('a stalled answer ends by the watchdog', { timeout: 10_000 }, async () => {
  const line = pretendedLine([['so far', hangs], [hangs]]);
  const clocks = { idleMs: 30, firstTokenMs: 30 };
  const reply = await editorModel(line, { clocks }).chat(ask('hi'), { signal: calm() });
  assert.equal(reply.outcome, 'timeout');
  assert.equal(line.requests.length, 2);
});

for (const [when, steps] of [
  ['before the first word', [hangs]],
  ['in the middle of the answer', ['so far', hangs]],
] as const) {
  test(`a call that is cancelled ${when} ends at once`, { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const since = Date.now();
    const reply = await editorModel(pretendedLine([steps])).chat(ask('hi'), { signal: stop.signal });
    assert.equal(reply.outcome, 'cancelled');
    assert.equal(reply.text, steps.length > 1 ? 'so far' : '');
    assert.ok(Date.now() - since < 1000, `${Date.now() - since} ms`);
  });
}

test('an answer without end is cut off and marked', async () => {
  const { reply } = await asked(
    [Array.from({ length: 100 }, () => 'word '.repeat(20))],
    ask('hi', { maxOutputTokens: 50 }),
  );
  assert.equal(reply.outcome, 'length');
  assert.ok(reply.text.length < 400, String(reply.text.length));
});

test('a request that is too long for the model is not sent', async () => {
  const line = pretendedLine([], { maxInputTokens: 10 });
  const reply = await editorModel(line).chat(ask('x'.repeat(100)), { signal: calm() });
  assert.equal(reply.failure?.code, 'MODEL_CONTEXT_OVERFLOW');
  assert.deepEqual(line.requests, []);
});

for (const [how, countTokens] of [
  ['fails', () => Promise.reject(new Error('no counter'))],
  ['says that there is nothing', async () => 0],
] as const) {
  test(`our own estimate counts where the counter of the model ${how}`, async () => {
    const line = pretendedLine([['Good day.']], { countTokens });
    const { usage } = await editorModel(line).chat(ask('hello there'), { signal: calm() });
    assert.ok(usage.input > 2 && usage.output > 1, JSON.stringify(usage));
  });
}

test('a limit on tokens stops a model of the editor before its request', async () => {
  const line = pretendedLine([['never']]);
  const limits = limitsSchema.parse({ tokens: 100 });
  const budget = new Budget(limits, { now: () => 0 });
  const label = { agent: 'designer', stage: 'design', task: null };
  const meter = { budget, prices: await priceList({}), label, onEntry: () => {}, now: () => new Date(0) };
  const model = metered(editorModel(line), meter);
  await assert.rejects(model.chat(ask('hi'), { signal: calm() }), BudgetStop);
  assert.deepEqual(line.requests, []);
});

test('an id holds vendor and model, whatever they hold', () => {
  for (const each of [
    { vendor: 'copilot', model: 'gpt-5' },
    { vendor: 'open router', model: 'maker/model one:free' },
  ]) {
    const id = editorModelId(each);
    assert.doesNotMatch(id, / /);
    assert.deepEqual(parseEditorModelId(id), each);
  }
  for (const other of ['openai:gpt-5', 'vscode:', 'vscode:a', 'vscode:/b', 'vscode:a/', 'vscode:a/%', 'builtin'])
    assert.equal(parseEditorModelId(other), null, other);
});
