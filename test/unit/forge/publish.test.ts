import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { publish } from '../../../src/forge/publish.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';

const never = async (): Promise<void> => assert.fail('must not be renamed');

async function staged(out: string, content: string): Promise<string> {
  return writeFiles(path.join(out, 'staging', 'a-task'), { 'task.json': '{"id":"a-task"}', 'metric.py': content });
}

function sealing(folder: string): (id: string) => Promise<void> {
  return (id) => writeFile(path.join(folder, 'task.json'), `{"id":"${id}"}`);
}

test('a package appears under its id, and nothing stays in staging', async (t) => {
  const out = await tempFolder(t);
  const published = await publish(await staged(out, 'one'), out, 'a-task', never);
  assert.deepEqual(published, { path: path.join(out, 'a-task'), unchanged: false });
  assert.equal(await readFile(path.join(out, 'a-task', 'metric.py'), 'utf8'), 'one');
  assert.deepEqual(await readdir(path.join(out, 'staging')), []);
});

test('the same package again leaves the published one alone', async (t) => {
  const out = await tempFolder(t);
  await publish(await staged(out, 'one'), out, 'a-task', never);
  await writeFiles(path.join(out, 'a-task'), { 'runs/mine/submission.csv': 'id\n' });
  const again = await publish(await staged(out, 'one'), out, 'a-task', never);
  assert.deepEqual(again, { path: path.join(out, 'a-task'), unchanged: true });
  assert.ok((await readdir(path.join(out, 'a-task'))).includes('runs'));
});

test("a person's edit is never overwritten: the new package goes beside it, once", async (t) => {
  const out = await tempFolder(t);
  await publish(await staged(out, 'one'), out, 'a-task', never);
  await writeFile(path.join(out, 'a-task', 'metric.py'), 'edited by hand');

  const second = await staged(out, 'one');
  const beside = await publish(second, out, 'a-task', sealing(second));
  assert.deepEqual(beside, { path: path.join(out, 'a-task-2'), unchanged: false });
  assert.equal(await readFile(path.join(out, 'a-task-2', 'task.json'), 'utf8'), '{"id":"a-task-2"}');

  const third = await staged(out, 'one');
  const again = await publish(third, out, 'a-task', sealing(third));
  assert.deepEqual(again, { path: path.join(out, 'a-task-2'), unchanged: true });
  assert.equal(await readFile(path.join(out, 'a-task', 'metric.py'), 'utf8'), 'edited by hand');
});

test('a file in the way counts as something that is there', async (t) => {
  const out = await tempFolder(t);
  await writeFile(path.join(out, 'a-task'), 'a file');
  const folder = await staged(out, 'one');
  const published = await publish(folder, out, 'a-task', sealing(folder));
  assert.equal(published.path, path.join(out, 'a-task-2'));
});

test('a long id is shortened to make room for its number', async (t) => {
  const out = await tempFolder(t);
  const id = `${'long-'.repeat(15)}names`;
  await writeFiles(path.join(out, id), { 'task.json': '{}' });
  const folder = await staged(out, 'one');
  const published = await publish(folder, out, id, sealing(folder));
  assert.ok(path.basename(published.path).length <= 80);
  assert.match(path.basename(published.path), /[a-z]-2$/);
});
