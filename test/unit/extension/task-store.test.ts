import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { hasErrors, severityCounts } from '../../../src/extension/tasks/task-state.ts';
import { TaskStore } from '../../../src/extension/tasks/task-store.ts';
import { anError } from '../../support/drafts.ts';
import { writePackage } from '../../support/packages.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const clean = { task: 'stones', verdict: 'accepted' as const, package: '', findings: [], checks: [], ladder: [] };

test('a task is read with its manifest and its last report', async (t) => {
  const folder = await writePackage(await tempFolder(t), 'stones', { findings: [anError('LEK004', 'It leaks.')] });
  const store = new TaskStore();
  await store.refresh(folder);
  const task = store.get(folder);
  assert.equal(task?.spec?.title, 'Which stones?');
  assert.deepEqual(task && severityCounts(task), { error: 1, warning: 0, information: 0 });
});

test('a broken manifest leaves a task that says what is wrong', async (t) => {
  const folder = await writePackage(await tempFolder(t), 'stones');
  await writeFile(path.join(folder, 'task.json'), '{');
  const store = new TaskStore();
  await store.refresh(folder);
  const task = store.get(folder);
  assert.match(task?.problem ?? '', /is no valid manifest/);
  assert.equal(task && hasErrors(task), true);
});

test('a report that does not follow the schema counts as none', async (t) => {
  const folder = await writePackage(await tempFolder(t), 'stones', { findings: [] });
  await writeFile(path.join(folder, 'verification/report.json'), '{"findings": "none"}');
  const store = new TaskStore();
  await store.refresh(folder);
  assert.equal(store.get(folder)?.report, null);
});

test('a verification of this window replaces what was known, and is told once', async (t) => {
  const folder = await writePackage(await tempFolder(t), 'stones', { findings: [anError('LEK004', 'It leaks.')] });
  const store = new TaskStore();
  await store.refresh(folder);
  const told: (readonly string[])[] = [];
  store.onDidChange((folders) => told.push(folders));
  await store.verified(folder, clean);
  assert.deepEqual(told, [[folder]]);
  assert.equal(store.get(folder)?.report, clean);
  assert.equal(store.get(folder)?.spec?.id, JSON.parse(await readFile(path.join(folder, 'task.json'), 'utf8')).id);
});

test('a file belongs to the task above it', async (t) => {
  const root = await tempFolder(t);
  const folder = await writePackage(root, 'stones');
  await cp(folder, path.join(root, 'stones-copy'), { recursive: true });
  const store = new TaskStore();
  await store.refresh(folder);
  assert.equal(store.ownerOf(path.join(folder, 'data/private/test_answer.csv'))?.folder, folder);
  assert.equal(store.ownerOf(path.join(root, 'stones-copy/metric.py')), undefined);
});

test('a task that is gone is forgotten once', async (t) => {
  const folder = await writePackage(await tempFolder(t), 'stones');
  const store = new TaskStore();
  await store.refresh(folder);
  const told: (readonly string[])[] = [];
  store.onDidChange((folders) => told.push(folders));
  store.forget([folder]);
  store.forget([folder]);
  assert.deepEqual(told, [[folder]]);
  assert.deepEqual(store.all(), []);
});
