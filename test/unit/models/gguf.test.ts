// A local file as a model, as far as it goes without the engine (test/llama goes on with it).
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { toGrammarSchema, toHistory } from '../../../src/models/gguf/history.ts';
import { modelSchema } from '../../../src/models/model-schema.ts';
import { openModel } from '../../../src/models/open-model.ts';
import { writeTinyGguf } from '../../support/llama/tiny-gguf.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { verdictSchema } from './faults/fault-case.ts';

test('without the optional package the remedy is the command that installs it', async (t) => {
  const folder = await tempFolder(t);
  const file = path.join(folder, 'tiny.gguf');
  await writeTinyGguf(file);
  await assert.rejects(
    openModel(`gguf:${file}`, { env: { MLE_FORGE_LLAMA: folder } }),
    (error: Error & { code: string; remedy: string }) => {
      assert.equal(error.code, 'GGUF_ENGINE_MISSING');
      assert.match(
        error.remedy,
        /^Run: npm install --omit=optional --prefix ".*" node-llama-cpp@\d+\.\d+\.\d+ @node-llama-cpp\/\w+-\w+@/,
      );
      return true;
    },
  );
  await assert.rejects(openModel('gguf:/nowhere.gguf', { env: {} }), /There is no model file/);
});

test('calls and their results become parts of one turn, and the last turn is open', () => {
  const call = (id: string, name: string) => ({ id, function: { name, arguments: '{"at":1}' } });
  assert.deepEqual(
    toHistory([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: 'I do.', tool_calls: [call('a', 'look'), call('b', 'hear')] },
      { role: 'tool', tool_call_id: 'b', content: 'silence' },
      { role: 'tool', tool_call_id: 'a', content: 'seen' },
    ]),
    [
      { type: 'system', text: 'Be brief.' },
      { type: 'user', text: 'Look.' },
      {
        type: 'model',
        response: [
          'I do.',
          { type: 'functionCall', name: 'look', params: { at: 1 }, result: 'seen' },
          { type: 'functionCall', name: 'hear', params: { at: 1 }, result: 'silence' },
        ],
      },
    ],
  );
  assert.deepEqual(toHistory([{ role: 'user', content: 'Hi.' }]).at(-1), { type: 'model', response: [] });
});

test('a schema for grammars has no anyOf', () => {
  assert.equal(
    JSON.stringify(toGrammarSchema({ a: [{ anyOf: [{ type: 'null' }] }] })),
    '{"a":[{"oneOf":[{"type":"null"}]}]}',
  );
  assert.deepEqual(toGrammarSchema(modelSchema(verdictSchema)), modelSchema(verdictSchema));
});
