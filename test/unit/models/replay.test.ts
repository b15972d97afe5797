// Recorded replies answer again without a network, and a changed prompt is noticed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { ChatRequest } from '../../../src/models/port.ts';
import { parseCassette, readCassette } from '../../../src/models/replay/cassette.ts';
import { recording } from '../../../src/models/replay/record.ts';
import { replayModel } from '../../../src/models/replay/replay-model.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const options = () => ({ signal: calm() });
const look = { name: 'look', description: '', parameters: {} };
const image = { kind: 'image', mediaType: 'image/png', base64: 'aGVsbG8='.repeat(500) } as const;

test('what was recorded is answered again, tool calls, usage and all', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  const live = scriptedModel(['one', { calls: [{ name: 'look', arguments: { at: 'x' } }], text: 'two' }]);
  const recorder = recording(live, file);
  const first = await recorder.chat(ask('a'), options());
  const second = await recorder.chat(ask('b'), options());

  const replay = replayModel(await readCassette(file));
  assert.deepEqual(await replay.chat(ask('b'), options()), second);
  assert.deepEqual(await replay.chat(ask('a'), options()), first);
  assert.deepEqual(replay.tally, { answered: 2, missed: 0 });
});

test('the same request twice gets its replies in the order of the recording', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  const recorder = recording(scriptedModel(['yes', 'no']), file);
  await recorder.chat(ask('vote'), options());
  await recorder.chat(ask('vote'), options());
  const replay = replayModel(await readCassette(file));
  const texts = [];
  for (let turn = 0; turn < 3; turn += 1) texts.push((await replay.chat(ask('vote'), options())).text);
  assert.deepEqual(texts, ['yes', 'no', 'no']);
});

test('limits and sampling are not part of the key; whatever the model reads is', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  await recording(scriptedModel(['ok']), file).chat(ask('a'), options());
  const exchanges = await readCassette(file);
  const outcome = async (request: ChatRequest) => (await replayModel(exchanges).chat(request, options())).outcome;
  assert.equal(await outcome(ask('a', { maxOutputTokens: 7, temperature: 1, seed: 3 })), 'done');
  assert.equal(await outcome(ask('a ')), 'failed');
  assert.equal(await outcome(ask('a', { tools: [look], toolChoice: 'auto' })), 'failed');
  assert.equal(await outcome(ask('a', { format: { name: 'f', schema: { type: 'object' } } })), 'failed');
});

test('a miss names the message that was never recorded', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  const system = { role: 'system', text: 'You are brief.' } as const;
  const talk = (text: string) => ask('', { messages: [system, ...ask(text).messages] });
  await recording(scriptedModel(['ok']), file).chat(talk('a'), options());
  const replay = replayModel(await readCassette(file));
  const reply = await replay.chat(talk('b'), options());
  assert.equal(reply.failure?.code, 'REPLAY_MISS');
  assert.match(reply.failure?.message ?? '', /message 2 \(user\) was never recorded behind the 1 before it/);
  assert.equal(replay.tally.missed, 1);
});

test('an image is kept as its hash and still told from another', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  const show = (base64: string) => ask('', { messages: [{ role: 'user', parts: [{ ...image, base64 }] }] });
  await recording(scriptedModel(['a cat']), file).chat(show(image.base64), options());
  assert.ok((await readFile(file, 'utf8')).length < 1000);
  const replay = replayModel(await readCassette(file));
  assert.equal((await replay.chat(show(image.base64), options())).text, 'a cat');
  assert.equal((await replay.chat(show('b3RoZXI='), options())).outcome, 'failed');
});

test('what failed or was cancelled is not recorded', async (t) => {
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  const recorder = recording(scriptedModel([{ reply: { outcome: 'failed' } }, { reply: { outcome: 'length' } }]), file);
  await recorder.chat(ask('a'), options());
  await recorder.chat(ask('b'), options());
  assert.equal((await readCassette(file)).length, 1);
});

test('a broken cassette is refused with its line', () => {
  assert.throws(() => parseCassette('\n{"cassette": 1}\n', 'c.jsonl'), /Line 2 of the cassette c\.jsonl/);
  assert.throws(() => parseCassette('{', 'c.jsonl'), /is not JSON/);
});

test('a cancelled replay answers nothing', async () => {
  const stop = new AbortController();
  stop.abort();
  assert.equal((await replayModel([]).chat(ask('a'), { signal: stop.signal })).outcome, 'cancelled');
});
