// The loop over scripted models: what each kind of answer leads to, and what is remembered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { runAgent } from '../../../src/agents/loop/run-agent.ts';
import { callTool, said, type Tool } from '../../../src/agents/loop/tool.ts';
import { DraftFiles, draftTools } from '../../../src/agents/tools/draft-files.ts';
import type { ChatRequest } from '../../../src/models/port.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { conversationWith, memoryDesk } from '../../support/agent-seat.ts';
import { type Script, scriptedModel } from '../../support/scripted-model.ts';

/** A desk job: files to write, a tool that counts its runs, and an end. */
function duty(steps = 6) {
  const draft = new DraftFiles(['prepare.py', 'metric.py']);
  let looked = 0;
  let value: string | null = null;
  const look = callTool({
    name: 'look',
    description: 'Looks.',
    args: z.strictObject({ at: z.string() }),
    remembered: true,
    run: async ({ at }) => {
      looked += 1;
      return said(`${at}: ${looked}`);
    },
  });
  const finish = callTool({
    name: 'finish',
    description: 'Ends.',
    args: z.strictObject({}),
    remembered: false,
    run: async () => {
      value = draft.get('prepare.py') ?? '';
      return said('Done.');
    },
  });
  const tools: readonly Tool[] = [...draftTools(draft), look, finish];
  return { tools, steps, finished: () => value, looked: () => looked };
}

async function run(script: Script, desk = memoryDesk(), job = duty()) {
  const model = scriptedModel(script);
  const signal = new AbortController().signal;
  const conversation = conversationWith(model, desk, signal);
  conversation.say('Begin.');
  return { end: await runAgent(conversation, job, signal), model, desk, job };
}

const finish = { calls: [{ name: 'finish', arguments: {} }] };
const lastText = (request: ChatRequest | undefined): string => JSON.stringify(request?.messages.slice(-2));

test('files come in blocks, calls as calls, and both in one answer are done in order', async () => {
  const { end } = await run([{ text: '```file prepare.py\nX = 1\n```', calls: [{ name: 'finish', arguments: {} }] }]);
  assert.deepEqual(end, { kind: 'finished', value: 'X = 1\n' });
});

test('a model without native tools writes its calls out', async () => {
  const { end } = await run([
    '```call\n{"tool": "look", "arguments": {"at": "a"}}\n```',
    '```call\n{"tool": "finish"}\n```',
  ]);
  assert.equal(end.kind, 'finished');
});

test('what several blocks came to is told apart by an empty line', async () => {
  const { model } = await run(['```file prepare.py\nX = 1\n```\n```file metric.py\nY = 1\n```', finish]);
  const told = model.requests[1]?.messages.at(-1);
  const part = told?.role === 'user' ? told.parts[0] : undefined;
  const text = part?.kind === 'text' ? part.text : '';
  assert.match(text, /prepare\.py is written, 1 lines\.\n\n\[file: done\]\nmetric\.py/);
});

test('an edit changes the place that it names, and nothing when the place is not there or not one', async () => {
  const edit = (old: string, text: string): string =>
    `\`\`\`edit prepare.py\n<<<<<<< SEARCH\n${old}\n=======\n${text}\n>>>>>>> REPLACE\n\`\`\``;
  const { end, model } = await run([
    '```file prepare.py\na = 1\nb = 1\n```',
    edit('c = 1', 'c = 2'),
    edit('b = 1', 'b = 2'),
    finish,
  ]);
  assert.deepEqual(end, { kind: 'finished', value: 'a = 1\nb = 2\n' });
  assert.match(lastText(model.requests[2]), /old lines of hunk 1 do not occur/);
});

test('unknown tools, arguments that do not fit and cut blocks are told, and the work goes on', async () => {
  const { end, model } = await run([
    { calls: [{ name: 'delete_everything', arguments: {} }] },
    { calls: [{ name: 'look', arguments: { where: 1 } }] },
    { calls: [{ name: 'look', arguments: '{"at": ' }] },
    '```file prepare.py\nX = ',
    finish,
  ]);
  assert.equal(end.kind, 'finished');
  assert.match(lastText(model.requests[1]), /There is no tool \\"delete_everything\\"/);
  assert.match(lastText(model.requests[2]), /do not fit/);
  assert.match(lastText(model.requests[3]), /do not fit/);
  assert.match(lastText(model.requests[4]), /not closed/);
});

test('files outside the package are refused', async () => {
  const { end, model } = await run(['```file ../../etc/passwd\nroot\n```', '```file task.sh\nrm\n```', finish]);
  assert.equal(end.kind, 'finished');
  assert.match(lastText(model.requests[1]), /is no file that you write/);
  assert.match(lastText(model.requests[2]), /is no file that you write/);
});

test('talk without action is answered once and again, then ends the work', async () => {
  const { end, model } = await run(['Let me think.', 'Hm.', 'Well.']);
  assert.deepEqual(end.kind === 'stopped' && end.code, 'MODEL_IDLE');
  assert.match(lastText(model.requests[1]), /Nothing was done/);
});

test('an endless tool loop ends', async () => {
  const same = { calls: [{ name: 'look', arguments: { at: 'a' } }] };
  const { end, model } = await run([same, same, same, same, same, same]);
  assert.equal(end.kind === 'stopped' && end.code, 'MODEL_LOOP');
  assert.equal(model.requests.length, 4);
});

test('the steps are an end, too, and the last ones are announced', async () => {
  const { end, model } = await run(
    (_, turn) => ({ calls: [{ name: 'look', arguments: { at: `${turn}` } }] }),
    memoryDesk(),
    duty(4),
  );
  assert.equal(end.kind === 'stopped' && end.code, 'MODEL_STEPS');
  assert.match(lastText(model.requests[3]), /1 answer is left/);
});

test('a refusal ends the work with what the model said', async () => {
  const { end } = await run([{ reply: { outcome: 'refusal', text: 'I cannot help with that.' } }]);
  assert.deepEqual(end, { kind: 'stopped', code: 'MODEL_REFUSED', reason: 'It refused: I cannot help with that.' });
});

test('an endpoint that fails for good is an error with its remedy, and its call is in the bill', async () => {
  const desk = memoryDesk();
  const failure = { code: 'QUOTA', message: 'The quota is used up.', remedy: 'Add credit.' };
  const error = await run([{ reply: { outcome: 'failed', failure } }], desk).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ForgeError);
  assert.deepEqual([error.code, error.kind, error.remedy], ['QUOTA', 'environment', 'Add credit.']);
  assert.deepEqual(
    desk.events.map((event) => event.type === 'model-call' && event.outcome),
    ['failed'],
  );
});

test('what was paid for is not paid again: a second desk with the same memory asks nothing', async () => {
  const memory = new Map<string, unknown>();
  const script: Script = [
    { calls: [{ name: 'look', arguments: { at: 'a' } }] },
    { text: '```file prepare.py\nX = 2\n```', calls: [{ name: 'finish', arguments: {} }] },
  ];
  const first = await run(script, memoryDesk(memory));
  const again = await run([], memoryDesk(memory));
  assert.deepEqual(again.end, first.end);
  assert.equal(again.model.requests.length, 0);
  assert.equal(again.job.looked(), 0, 'a remembered tool is not run again');
  assert.deepEqual(
    again.desk.events.flatMap((event) => (event.type === 'model-call' ? [event.reused] : [])),
    [true, true],
  );
});
