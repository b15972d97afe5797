// What the settings say about models, and who says it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseUrlOf, engineOfChoice, limitsOf, sharedRowsOf } from '../../../src/extension/models/model-settings.ts';
import { type Settings, settingsSchema } from '../../../src/extension/settings-schema.ts';
import { resolveEndpoint } from '../../../src/models/endpoint.ts';

const settings = (values: object = {}): Settings => settingsSchema.parse(values);

test('without settings there is no limit, and twenty rows are shared', () => {
  assert.deepEqual(limitsOf(settings()), { usd: null, tokens: null, calls: null, minutes: null });
  assert.equal(sharedRowsOf(settings()), 20);
  assert.equal(sharedRowsOf(settings({ sendRows: 'none' })), 'none');
});

test('a limit or a number of rows that is none is refused', () => {
  assert.equal(limitsOf(settings({ budgetUsd: 0.05 })).usd, 0.05);
  for (const wrong of [{ budgetUsd: 0 }, { budgetTokens: 'many' }, { sendRows: 'all' }, { sendRows: '-1' }])
    assert.throws(() => settings(wrong), JSON.stringify(wrong));
});

test('roles become part of the engine that was chosen; the built-in one has none', () => {
  const roles = settings({ roles: { designer: 'openai:gpt-5' } });
  assert.equal(engineOfChoice('ollama:qwen3', settings()), 'ollama:qwen3');
  assert.match(engineOfChoice('ollama:qwen3', roles), /^openai:gpt-5 brainstormer=ollama:qwen3 refactor=ollama:qwen3/);
  assert.equal(engineOfChoice('builtin', roles), 'builtin');
  assert.throws(() => engineOfChoice('ollama:qwen3', settings({ roles: { painter: 'a:b' } })), /gives no role a model/);
});

test('an address in the settings of a workspace must be on this machine and gets no key', () => {
  const env = { MLE_FORGE_API_KEY: 'a-key', OPENAI_API_KEY: 'another' };
  const at = (places: Parameters<typeof baseUrlOf>[0]) => {
    const baseUrl = baseUrlOf(places);
    assert.ok(baseUrl);
    return resolveEndpoint('openai:x', { env, baseUrl });
  };
  const own = { globalValue: 'https://mine.example/v1' };
  assert.equal(at(own).key, 'a-key');
  assert.throws(() => at({ ...own, workspaceValue: 'https://theirs.example/v1' }), /may not send data to theirs/);
  assert.throws(() => at({ workspaceFolderValue: 'https://theirs.example/v1' }), /may not send data to theirs/);
  assert.equal(at({ workspaceValue: 'http://127.0.0.1:8000/v1' }).key, null);
});

test('no address is no address, and a workspace can take the user’s own away', () => {
  assert.equal(baseUrlOf(undefined), null);
  assert.equal(baseUrlOf({ globalValue: ' ' }), null);
  assert.equal(baseUrlOf({ globalValue: 'https://mine.example/v1', workspaceValue: '' }), null);
});
