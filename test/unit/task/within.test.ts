import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithin } from '../../../src/task/within.ts';

for (const [place, folder, expected] of [
  ['/w/tasks', '/w/tasks', true],
  ['/w/tasks/stones/task.json', '/w/tasks', true],
  ['/w/tasks-old/stones', '/w/tasks', false],
  ['/w', '/w/tasks', false],
  ['/w/..hidden', '/w', true],
  ['/stones', '/', true],
] as const)
  test(`${place} ${expected ? 'lies' : 'does not lie'} within ${folder}`, () => {
    assert.equal(isWithin(place, folder), expected);
  });
