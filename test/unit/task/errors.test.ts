import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainedRefusal, ForgeError } from '../../../src/task/errors.ts';

const thrown = (code: string, path?: string) => Object.assign(new Error(code), { code, ...(path && { path }) });

test('a file that the system withholds is named, with what to do', () => {
  const error = explainedRefusal(thrown('EACCES', '/tasks/a/metric.py'));
  assert.ok(error instanceof ForgeError);
  assert.equal(error.kind, 'input');
  assert.match(error.message, /^\/tasks\/a\/metric\.py may not be read/);
  assert.match(error.remedy, /permission/);
});

test('what is no refusal of the file system comes back as it is', () => {
  for (const error of [thrown('ENOENT', '/tasks/a'), thrown('EACCES'), new Error('a bug'), 'text']) {
    assert.equal(explainedRefusal(error), error);
  }
});
