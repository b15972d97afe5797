// Ids, addresses and keys: what is unclear is refused with a remedy, and a key goes only where its owner sent it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { resolveEndpoint, type Surroundings } from '../../../src/models/endpoint.ts';
import { openModel } from '../../../src/models/open-model.ts';
import { providers } from '../../../src/models/providers.ts';
import { recording } from '../../../src/models/replay/record.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const resolve = (id: string, surroundings: Partial<Surroundings> = {}) =>
  resolveEndpoint(id, { env: {}, ...surroundings });
const code = (expected: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === expected;

test('a provider, its own address and its own key', () => {
  const endpoint = resolve('openai:gpt-5', { env: { OPENAI_API_KEY: ' sk-test-1234567 ' } });
  assert.equal(endpoint.baseUrl, 'https://api.openai.com/v1');
  assert.equal(endpoint.host, 'api.openai.com');
  assert.equal(endpoint.model, 'gpt-5');
  assert.equal(endpoint.key, 'sk-test-1234567');
});

test('a model name may hold colons and slashes', () => {
  assert.equal(resolve('ollama:qwen3:4b').model, 'qwen3:4b');
  assert.equal(
    resolve('openrouter:meta/llama:free', { env: { OPENROUTER_API_KEY: 'k-1234567' } }).model,
    'meta/llama:free',
  );
});

test('a model of the editor is not a provider that can be reached from elsewhere', () => {
  assert.throws(() => resolve('vscode:acme/one'), /language model of the editor/);
});

test('an unknown provider is a clear usage error that names the known ones', () => {
  assert.throws(
    () => resolve('opnai:gpt-5'),
    (error: Error & { remedy: string }) => {
      assert.match(error.message, /Unknown provider "opnai"/);
      for (const { name } of providers) assert.ok(error.remedy.includes(name));
      return true;
    },
  );
  for (const id of ['gpt-5', 'openai:', ':x', '']) assert.throws(() => resolve(id), code('MODEL_ID'), id);
});

test('a missing key names its variable and is never asked for as a flag', () => {
  assert.throws(
    () => resolve('openai:gpt-5'),
    (error: Error & { remedy: string; kind: string }) => {
      assert.equal(error.kind, 'environment');
      assert.match(error.remedy, /Set OPENAI_API_KEY in the environment/);
      return true;
    },
  );
});

test('the environment may move a provider, key and all', () => {
  const env = { OPENAI_API_KEY: 'none-needed', OPENAI_BASE_URL: 'http://127.0.0.1:8765/v1/' };
  const endpoint = resolve('openai:bridge', { env });
  assert.equal(endpoint.baseUrl, 'http://127.0.0.1:8765/v1');
  assert.equal(endpoint.key, 'none-needed');
});

test('a base URL by flag never gets the key of a provider', () => {
  const env = { OPENAI_API_KEY: 'sk-test-1234567' };
  const baseUrl = { url: 'https://elsewhere.example/v1', from: 'flag' } as const;
  assert.equal(resolve('openai:gpt-5', { env, baseUrl }).key, null);
  assert.equal(
    resolve('openai:gpt-5', { env: { ...env, MLE_FORGE_API_KEY: 'mine-12345' }, baseUrl }).key,
    'mine-12345',
  );
});

test('a base URL by workspace gets no key at all and stays on this machine', () => {
  const env = { OPENAI_API_KEY: 'sk-test-1234567', MLE_FORGE_API_KEY: 'mine-12345' };
  const local = { url: 'http://localhost:8000/v1', from: 'workspace' } as const;
  assert.equal(resolve('local:qwen', { env, baseUrl: local }).key, null);
  for (const url of ['https://evil.example/v1', 'http://127.0.0.1.evil.example/', 'http://10.0.0.1/v1']) {
    assert.throws(() => resolve('openai:gpt-5', { env, baseUrl: { url, from: 'workspace' } }), code('MODEL_URL'), url);
  }
});

test('an address with a secret in it, or none at all, is refused', () => {
  for (const url of ['http://user:pass@host/v1', 'https://host/v1?key=abc', 'ftp://host/', 'nonsense', '']) {
    assert.throws(() => resolve('local:x', { baseUrl: { url, from: 'flag' } }), code('MODEL_URL'), url);
  }
  assert.throws(() => resolve('local:x'), code('MODEL_URL_MISSING'));
  assert.throws(() => resolve('azure:x', { env: { AZURE_OPENAI_API_KEY: 'k-1234567' } }), code('MODEL_URL_MISSING'));
});

test('a key with a line break inside is refused before it becomes a riddle', () => {
  assert.throws(() => resolve('openai:x', { env: { OPENAI_API_KEY: 'sk-\nabc' } }), code('MODEL_KEY_MALFORMED'));
});

test('a secret storage goes before the environment', () => {
  const keys = (variable: string) => (variable === 'OPENAI_API_KEY' ? 'from-storage' : undefined);
  assert.equal(resolve('openai:x', { env: { OPENAI_API_KEY: 'from-env' }, keys }).key, 'from-storage');
});

test('opening a model sends nothing; a cassette opens as a model', async (t) => {
  const model = await openModel('ollama:tiny', { env: {}, images: true });
  assert.deepEqual([model.id, model.endpoint, model.sees.images], ['ollama:tiny', '127.0.0.1:11434', true]);
  const file = path.join(await tempFolder(t), 'cassette.jsonl');
  await recording(scriptedModel(['fine']), file).chat(ask('hi'), { signal: calm() });
  const replay = await openModel(`replay:${file}`, { env: {} });
  assert.equal((await replay.chat(ask('hi'), { signal: calm() })).text, 'fine');
  await assert.rejects(openModel('replay:/nowhere', { env: {} }), code('CASSETTE_MISSING'));
});

test('the variables of the providers are their own', () => {
  const variables = providers.flatMap(({ keyVariable, urlVariable }) => [keyVariable, urlVariable]);
  assert.equal(new Set(variables).size, variables.length);
});

test('docs/models.md tells every provider with its variables', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/models.md'), 'utf8');
  for (const { name, keyVariable, urlVariable } of providers) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
    assert.ok(row.includes(`\`${keyVariable}\``) && row.includes(`\`${urlVariable}\``), name);
  }
});
