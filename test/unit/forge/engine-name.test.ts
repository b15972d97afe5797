// The line that names an engine leads back to the models in their roles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineName, modelsByRole, parseEngineName } from '../../../src/forge/engine-name.ts';

test('one model in all roles is named once', () => {
  assert.equal(engineName(modelsByRole('openai:gpt-5', [])), 'openai:gpt-5');
});

test('roles with a model of their own come back from the name', () => {
  const models = modelsByRole('ollama:qwen3', ['designer=openai:gpt-5', 'refactor=local:a=b']);
  assert.equal(models.refactor, 'local:a=b');
  assert.deepEqual(parseEngineName(engineName(models)), models);
});

test('the built-in engine has no models', () => {
  assert.equal(parseEngineName('builtin'), null);
});

for (const entry of ['painter=openai:gpt-5', 'designer', 'designer=', '']) {
  test(`an entry ${JSON.stringify(entry)} is refused with the roles that there are`, () => {
    assert.throws(() => modelsByRole('ollama:qwen3', [entry]), /gives no role a model/);
  });
}
