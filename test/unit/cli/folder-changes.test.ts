// Saves as editors make them, each noticed once.
import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { FolderChanges } from '../../../src/cli/folder-changes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Whether a change is told within the time. */
async function told(changes: FolderChanges, ms: number): Promise<boolean> {
  const signal = AbortSignal.timeout(ms);
  await changes.next(signal);
  return !signal.aborted;
}

it('notices a save, a save by rename, a deletion and a file in a new folder', async (t) => {
  const folder = await tempFolder(t);
  const file = path.join(folder, 'metric.py');
  await writeFile(file, 'a');
  const changes = new FolderChanges(folder, (name) => !name.startsWith('runs'));
  const saves: (() => Promise<unknown>)[] = [
    () => writeFile(file, 'b'),
    () => writeFile(`${file}.new`, 'c').then(() => rename(`${file}.new`, file)),
    () => rm(file),
    () => mkdir(path.join(folder, 'data')).then(() => writeFile(path.join(folder, 'data', 'x.csv'), 'x')),
  ];
  for (const save of saves) {
    await changes.look();
    await save();
    assert.equal(await told(changes, 10_000), true);
  }
});

it('tells a burst of writes once, and nothing of files that do not count', async (t) => {
  const folder = await tempFolder(t);
  const changes = new FolderChanges(folder, (name) => !name.startsWith('runs'));
  await changes.look();
  for (let round = 0; round < 10; round += 1) await writeFile(path.join(folder, 'metric.py'), String(round));
  assert.equal(await told(changes, 10_000), true);
  await changes.look();
  await mkdir(path.join(folder, 'runs'));
  await writeFile(path.join(folder, 'runs', 'log.txt'), 'x');
  assert.equal(await told(changes, 500), false);
});

it('finds a folder again that was deleted and made anew', async (t) => {
  const parent = await tempFolder(t);
  const folder = path.join(parent, 'task');
  await mkdir(folder);
  const changes = new FolderChanges(folder, () => true);
  await changes.look();
  await rm(folder, { recursive: true });
  assert.equal(await told(changes, 10_000), true);
  await changes.look();
  await mkdir(folder);
  await writeFile(path.join(folder, 'metric.py'), 'a');
  assert.equal(await told(changes, 10_000), true);
});

it('ends at once when it is cancelled', async (t) => {
  const changes = new FolderChanges(await tempFolder(t), () => true);
  await changes.look();
  const abort = new AbortController();
  const next = changes.next(abort.signal);
  abort.abort();
  await next;
});
