import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isModel, knownEngines, offeredEngines, startingCost } from '../../../src/extension/forge/engines.ts';
import {
  optionsText,
  remember,
  startingOptions,
  typedCount,
  usualCounts,
} from '../../../src/extension/forge/forge-options.ts';
import { checkModelId } from '../../../src/extension/models/check-id.ts';
import { plainL10n } from '../../support/plain-l10n.ts';

const settings = { maxTasks: 3, outputFolder: '', model: '' };

test('the first time, the settings are the answers', () => {
  assert.deepEqual(startingOptions(undefined, { ...settings, maxTasks: 4, outputFolder: 'tasks' }), {
    engine: 'builtin',
    maxTasks: 4,
    out: 'tasks',
  });
});

test('the answers of the last time come back', () => {
  const chosen = { engine: 'builtin', maxTasks: 7, out: 'elsewhere' };
  assert.deepEqual(startingOptions(remember(chosen, settings), settings), chosen);
});

test('a setting that was changed since counts more than the answer before', () => {
  const kept = remember({ engine: 'builtin', maxTasks: 7, out: 'elsewhere' }, settings);
  assert.deepEqual(startingOptions(kept, { ...settings, maxTasks: 10 }), {
    engine: 'builtin',
    maxTasks: 10,
    out: 'elsewhere',
  });
  assert.equal(startingOptions(kept, { ...settings, outputFolder: 'tasks' }).out, 'tasks');
});

test('a model that was chosen comes back, until the setting names another', () => {
  const kept = remember({ engine: 'vscode:copilot/gpt-5', maxTasks: 7, out: '' }, settings);
  assert.equal(startingOptions(kept, settings).engine, 'vscode:copilot/gpt-5');
  assert.equal(startingOptions(kept, { ...settings, model: 'openai:gpt-5' }).engine, 'openai:gpt-5');
  assert.equal(startingOptions(undefined, { ...settings, model: 'ollama:qwen3' }).engine, 'ollama:qwen3');
  assert.equal(startingOptions(undefined, { ...settings, model: 'no model' }).engine, 'builtin');
});

test('an engine that is no longer there gives way to the first', () => {
  const kept = remember({ engine: 'gone', maxTasks: 7, out: '' }, settings);
  assert.equal(startingOptions(kept, settings).engine, 'builtin');
});

for (const damaged of [
  null,
  'text',
  7,
  { engine: 1 },
  { engine: 'builtin', maxTasks: 0, out: '', defaults: settings },
]) {
  test(`a damaged memory (${JSON.stringify(damaged)}) counts as none`, () => {
    assert.deepEqual(startingOptions(damaged, settings), { engine: 'builtin', maxTasks: 3, out: '' });
  });
}

test('the settings are said in one line', () => {
  const options = { engine: 'builtin', maxTasks: 1, out: '' };
  assert.equal(optionsText(plainL10n, options, 'birds-tasks'), 'Built-in, 1 task, into birds-tasks');
});

test('engines are the built-in one, the models that are known, and those of the editor, each once', () => {
  const known = knownEngines(plainL10n, { setting: 'openai:gpt-5', last: 'vscode:acme/one' });
  assert.deepEqual(
    known.map(({ id }) => id),
    ['builtin', 'openai:gpt-5', 'vscode:acme/one'],
  );
  const offered = [
    { id: 'vscode:acme/one', name: 'One', vendor: 'acme' },
    { id: 'vscode:acme/two', name: 'Two', vendor: 'acme' },
  ];
  assert.deepEqual(offeredEngines(plainL10n, offered, known), [
    { id: 'vscode:acme/two', label: 'Two', description: 'language model of the editor, acme' },
  ]);
  assert.deepEqual(
    knownEngines(plainL10n, { setting: '', last: 'builtin' }).map(({ id }) => id),
    ['builtin'],
  );
  assert.equal(startingCost('builtin'), null);
  assert.equal(startingCost('openai:gpt-5')?.tokens, 0);
});

test('an id that was typed is checked before anything is opened', () => {
  for (const id of ['openai:gpt-5', 'vscode:acme/one', 'gguf:model.gguf'])
    assert.equal(checkModelId(id), undefined, id);
  assert.match(checkModelId('nobody:x') ?? '', /Unknown provider "nobody"/);
  assert.equal(isModel('openai: gpt'), false);
});

test('the usual numbers of tasks hold the chosen one, in order', () => {
  assert.deepEqual(usualCounts(3), [1, 3, 5, 10]);
  assert.deepEqual(usualCounts(7), [1, 3, 5, 7, 10]);
});

test('a number can be typed; anything else means none', () => {
  assert.deepEqual(['8', ' 50 ', '51', '0', '-1', '2.5', 'five', ''].map(typedCount), [
    8,
    50,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
