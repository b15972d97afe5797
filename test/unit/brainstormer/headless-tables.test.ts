// Files without header: the place of a column is all that tells what is asked, and sentences must not name what has no name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brainstorm, table, taskOn } from './datasets.ts';

test('a number at the end of a file without header is asked before the measurements amid it', async () => {
  const rows = table(400, (_at, random) => {
    const [a, b] = [random(), random()];
    return [a.toFixed(4), b.toFixed(4), (a * b).toFixed(4), (a + random() / 4).toFixed(4), Math.round(20 * a + 8 * b)];
  });
  const output = await brainstorm({ 'stones.csv': rows });
  const [first] = output.formulations;
  assert.equal(first?.target.columns[0]?.from, 'column_5');
  assert.equal(first?.title, 'Predict the value');
  assert.match(first?.summary ?? '', /^Predict the value from column 1, column 2, column 3 and column 4\./);
});

test('numbered kinds without a name are classes, and many columns without names are counted', async () => {
  const rows = table(600, (at, random) => {
    const kind = [1, 2, 3, 5, 7][at % 5] ?? 1;
    return [
      ...Array.from({ length: 6 }, (_, x) => ((kind * (x + 2)) % 7) + 3 * random()).map((x) => x.toFixed(3)),
      kind,
    ];
  });
  const task = taskOn(await brainstorm({ 'glass.csv': rows }), 'column_7');
  assert.equal(task.objective, 'multiclass-classification');
  assert.equal(task.title, 'Predict the label');
  assert.match(task.summary, /^Predict the label from 6 columns without names\./);
  assert.equal(task.id.endsWith('label'), true);
});

test('of two columns without names the last is the label; the other keeps its number', async () => {
  const rows = table(600, (_, random) => {
    const [a, b, c] = [random(), random(), random()];
    return [a + b + random() / 2 > 1.2 ? 'x' : 'y', a.toFixed(3), b.toFixed(3), c.toFixed(3), a > c ? 'good' : 'bad'];
  });
  const output = await brainstorm({ 'loans.csv': rows });
  assert.equal(taskOn(output, 'column_5').title, 'Predict the label: bad or good?');
  assert.equal(taskOn(output, 'column_1').title, 'Predict column 1: x or y?');
});
