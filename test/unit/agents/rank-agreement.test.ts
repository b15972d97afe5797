import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spearman } from '../../../src/agents/solver/rank-agreement.ts';

test('ties share their mean rank, as in scipy 1.10.1', () => {
  const x = [1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8];
  const y = [2, 1, 3, 3, 5, 4, 4, 4, 7, 6, 8, 8];
  const pairs = x.map((value, index) => [value, y[index] ?? Number.NaN] as const);
  assert.ok(Math.abs((spearman(pairs) ?? 0) - 0.93928571) < 1e-8);
});

test('equal and opposite orders are plus and minus one', () => {
  assert.equal(
    spearman([
      [1, 10],
      [2, 30],
      [3, 900],
    ]),
    1,
  );
  assert.equal(
    spearman([
      [1, 3],
      [2, 2],
      [3, 1],
    ]),
    -1,
  );
});

test('it is undefined where one measure is the same for all, or there is one pair or none', () => {
  assert.equal(spearman([]), null);
  assert.equal(spearman([[1, 2]]), null);
  assert.equal(
    spearman([
      [1, 2],
      [1, 3],
    ]),
    null,
  );
});
