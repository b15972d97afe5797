import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { acquireLock, lockHolder } from '../../../src/forge/lock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a second writer is refused while the first lives, and welcome afterwards', async (t) => {
  const file = path.join(await tempFolder(t), 'lock');
  const release = await acquireLock(file);
  await assert.rejects(acquireLock(file), { code: 'RUN_BUSY' });
  assert.equal(await lockHolder(file), process.pid);
  await release();
  await (await acquireLock(file))();
});

test('the lock of a process that has died is taken over', async (t) => {
  const folder = await tempFolder(t);
  const file = path.join(folder, 'lock');
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  await writeFile(file, JSON.stringify({ pid: child.pid, started: '1', host: hostname() }));
  const release = await acquireLock(file);
  assert.deepEqual(await readdir(folder), ['lock']);
  await release();
});

test('a later process with the same number does not count as the holder', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const file = path.join(await tempFolder(t), 'lock');
  await writeFile(file, JSON.stringify({ pid: process.pid, started: '1', host: hostname() }));
  await (await acquireLock(file))();
});

test('a lock of another machine is never taken over', async (t) => {
  const file = path.join(await tempFolder(t), 'lock');
  await writeFile(file, JSON.stringify({ pid: 1, started: '1', host: 'elsewhere' }));
  await assert.rejects(acquireLock(file), { code: 'RUN_BUSY', message: /elsewhere/ });
});

test('a lock torn by a crash is taken over', async (t) => {
  const file = path.join(await tempFolder(t), 'lock');
  await writeFile(file, '{"pid": 12');
  await (await acquireLock(file))();
});

test('of many that find a dead lock at once, exactly one gets it', async (t) => {
  const file = path.join(await tempFolder(t), 'lock');
  await writeFile(file, 'torn');
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(file)));
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  assert.equal(JSON.parse(await readFile(file, 'utf8')).pid, process.pid);
});
