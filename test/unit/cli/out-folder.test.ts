import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { defaultOut } from '../../../src/cli/out-folder.ts';

const at = (...parts: string[]): string => path.join(path.parse(process.cwd()).root, ...parts);

test('tasks go to mle-forge-tasks in the current folder', () => {
  assert.equal(defaultOut(at('home'), at('data', 'plots')), at('home', 'mle-forge-tasks'));
  assert.equal(defaultOut(at('home')), at('home', 'mle-forge-tasks'));
});

test('never into the dataset: beside it when the current folder is the dataset or lies in it', () => {
  assert.equal(defaultOut(at('data', 'plots'), at('data', 'plots')), at('data', 'mle-forge-tasks'));
  assert.equal(defaultOut(at('data', 'plots', 'sub'), at('data', 'plots')), at('data', 'mle-forge-tasks'));
  assert.equal(defaultOut(at('data'), at('data', '..plots')), at('data', 'mle-forge-tasks'));
});
