import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  optionsText,
  remember,
  startingOptions,
  typedCount,
  usualCounts,
} from '../../../src/extension/forge/forge-options.ts';
import { plainL10n } from '../../support/plain-l10n.ts';

const settings = { maxTasks: 3, outputFolder: '' };

test('the first time, the settings are the answers', () => {
  assert.deepEqual(startingOptions(undefined, { maxTasks: 4, outputFolder: 'tasks' }), {
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
  assert.deepEqual(startingOptions(kept, { maxTasks: 10, outputFolder: '' }), {
    engine: 'builtin',
    maxTasks: 10,
    out: 'elsewhere',
  });
  assert.equal(startingOptions(kept, { maxTasks: 3, outputFolder: 'tasks' }).out, 'tasks');
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
