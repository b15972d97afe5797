import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brainstorm, table, taskOn } from './datasets.ts';

test('noise is refused: no model beats the constant', async () => {
  const rows = table(400, (_, random) => [random().toFixed(4), random().toFixed(4), random().toFixed(4)]);
  const output = await brainstorm({ 'noise.csv': [['a', 'b', 'value'], ...rows] });
  assert.deepEqual(output.formulations, []);
  assert.equal(output.refused?.code, 'NO_SIGNAL');
  assert.match(output.refused?.reason ?? '', /a quick model reaches .+ against .+ for a constant/);
});

test('twenty rows are refused with the number of rows', async () => {
  const rows = table(20, (at, random) => [(at + random()).toFixed(2), (2 * at + random()).toFixed(2)]);
  const output = await brainstorm({ 'tiny.csv': [['length', 'weight'], ...rows] });
  assert.equal(output.refused?.code, 'TOO_FEW_ROWS');
  assert.match(output.refused?.reason ?? '', /20 rows/);
});

test('a single column is refused', async () => {
  const rows = table(300, (_, random) => [(random() * 100).toFixed(2)]);
  const output = await brainstorm({ 'one.csv': [['height'], ...rows] });
  assert.deepEqual(output.formulations, []);
  assert.ok(output.refused);
});

test('constants are refused: there is nothing to predict', async () => {
  const rows = table(300, (at) => [at + 1, 'x', 5]);
  const output = await brainstorm({ 'constants.csv': [['id', 'kind', 'level'], ...rows] });
  assert.deepEqual(output.formulations, []);
  assert.equal(output.refused?.code, 'NO_TARGET');
});

test('classes of two rows are dropped and declared; the others stay', async () => {
  const kinds = ['oak', 'elm', 'ash'];
  const rows = table(450, (at, random) => {
    const kind = at < 2 ? 'yew' : (kinds[at % 3] ?? 'oak');
    const base = kind === 'yew' ? 9 : kinds.indexOf(kind) * 2;
    return [(base + random() * 3).toFixed(2), (base + random() * 5).toFixed(2), kind];
  });
  const task = taskOn(await brainstorm({ 'trees.csv': [['height', 'girth', 'species'], ...rows] }), 'species');
  assert.deepEqual(task.target.classes, ['ash', 'elm', 'oak']);
  assert.deepEqual(
    task.rows.droppedClasses.map(({ label, count }) => ({ label, count })),
    [{ label: 'yew', count: 2 }],
  );
});

test('the same dataset gives the same formulations, byte for byte', async () => {
  const rows = table(300, (_, random) => {
    const size = random() * 10;
    return [size.toFixed(2), random().toFixed(3), (size * 3 + random()).toFixed(2)];
  });
  const files = { 'same.csv': [['size', 'shade', 'price'], ...rows] };
  const [first, second] = [await brainstorm(files), await brainstorm(files)];
  assert.equal(JSON.stringify(first.formulations), JSON.stringify(second.formulations));
});

test('uneven classes that no column tells are refused, although guessing all of them beats naming the largest', async () => {
  const rows = table(700, (_, random) => {
    const draw = random();
    const kind = draw < 0.5 ? 'oak' : draw < 0.75 ? 'elm' : draw < 0.9 ? 'ash' : 'yew';
    return [random().toFixed(4), random().toFixed(4), random().toFixed(4), kind];
  });
  const output = await brainstorm({ 'trees.csv': [['height', 'width', 'depth', 'species'], ...rows] });
  assert.deepEqual(
    output.formulations.filter((task) => task.target.columns[0]?.from === 'species'),
    [],
  );
  const reasons = output.dropped.filter((item) => item.idea.includes('species')).map((item) => item.code);
  assert.ok(
    reasons.every((code) => code === 'NO_HEADROOM' || code === 'NO_SIGNAL'),
    JSON.stringify(output.dropped),
  );
});
