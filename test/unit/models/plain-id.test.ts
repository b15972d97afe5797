// The name of a model in a package that others read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainId } from '../../../src/models/plain-id.ts';

test('a model that is a file is named without its folders', () => {
  assert.equal(plainId('gguf:/home/me/models/tiny.gguf'), 'gguf:tiny.gguf');
  assert.equal(plainId('replay:C:\\Users\\me\\penguins.jsonl'), 'replay:penguins.jsonl');
  assert.equal(plainId('replay:penguins.jsonl'), 'replay:penguins.jsonl');
});

test('the id of a model at an endpoint stays as it is', () => {
  for (const id of ['openai:gpt-5', 'openrouter:org/model', 'local:qwen3:8b']) assert.equal(plainId(id), id);
});
