import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findTasks } from '../../../src/extension/tasks/task-scan.ts';
import { decorationOf } from '../../../src/extension/tasks-view/mark.ts';
import { anError } from '../../support/drafts.ts';
import { reportOf, specOf, writePackage } from '../../support/packages.ts';
import { plainL10n } from '../../support/plain-l10n.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('tasks are found in an output folder and in the folders of a batch', async (t) => {
  const out = await tempFolder(t);
  const stones = await writePackage(out, 'stones');
  const birds = await writePackage(path.join(out, 'birds'), 'birds-sex');
  assert.deepEqual(await findTasks(out), [birds, stones].sort());
});

test('a folder that is a task itself is found, and nothing inside it', async (t) => {
  const task = await writePackage(await tempFolder(t), 'stones');
  await writePackage(path.join(task, 'runs'), 'copy');
  assert.deepEqual(await findTasks(task), [task]);
});

test('what lies deeper, behind links or in hidden folders is not looked at', async (t) => {
  const out = await tempFolder(t);
  const elsewhere = await writePackage(await tempFolder(t), 'stones');
  await writePackage(path.join(out, 'a/b/c'), 'deep');
  await writePackage(path.join(out, '.mle-forge'), 'staged');
  await symlink(elsewhere, path.join(out, 'link'));
  assert.deepEqual(await findTasks(out), []);
});

test('a folder with thousands of others ends the search, not the patience', async (t) => {
  const out = await tempFolder(t);
  for (let each = 0; each < 600; each += 1) await mkdir(path.join(out, `d${String(each).padStart(4, '0')}`));
  await writePackage(out, 'zebra');
  assert.deepEqual(await findTasks(out), []);
});

test('an output folder that is not there holds no task', async (t) => {
  assert.deepEqual(await findTasks(path.join(await tempFolder(t), 'absent')), []);
});

test('private data is marked as hidden, a task with errors by their number, everything else not at all', () => {
  const folder = '/w/stones';
  const report = reportOf('stones', [anError('LEK004', 'It leaks.')]);
  const task = { folder, spec: specOf('stones'), problem: null, report };
  const mark = (place: string) => decorationOf(plainL10n, task, place);
  assert.deepEqual(mark('/w/stones/data/private'), {
    badge: 'H',
    tooltip: 'Hidden from competitors',
    color: 'descriptionForeground',
  });
  assert.equal(mark('/w/stones/data/private/test_answer.csv')?.badge, undefined);
  assert.equal(mark('/w/stones/data/private/test_answer.csv')?.tooltip, 'Hidden from competitors');
  assert.equal(mark(folder)?.badge, '1');
  assert.equal(mark('/w/stones/data/public/train.csv'), undefined);
  assert.equal(mark('/w/stones/data/private-notes.md'), undefined);
  assert.equal(decorationOf(plainL10n, { ...task, report: null }, folder), undefined);
  assert.equal(decorationOf(plainL10n, { ...task, problem: 'no JSON' }, folder)?.color, 'list.errorForeground');
  assert.equal(decorationOf(plainL10n, undefined, folder), undefined);
});

test('no badge is longer than two characters', () => {
  const findings = Array.from({ length: 250 }, () => anError('LEK004', 'It leaks.'));
  const task = { folder: '/w/stones', spec: specOf('stones'), problem: null, report: reportOf('stones', findings) };
  assert.equal(decorationOf(plainL10n, task, '/w/stones')?.badge, '!');
});
