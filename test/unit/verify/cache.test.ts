// The cache of measurements: bounded, shared, and never believed when it is damaged.
import assert from 'node:assert/strict';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { sha256 } from '../../../src/task/hashing.ts';
import { layered, memoryCache } from '../../../src/verify/cache/cache.ts';
import { diskCache, userCacheFolder } from '../../../src/verify/cache/disk-cache.ts';
import { FileHashes } from '../../../src/verify/cache/file-hashes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : Buffer.from(content).toString('utf8');
const key = (name: string): string => sha256(name);

async function entries(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => ((await stat(path.join(folder, name))).isFile() ? [path.join(folder, name)] : [])),
  );
  return files.flat();
}

describe('the cache in memory', () => {
  it('forgets what was not used for longest', async () => {
    const cache = memoryCache(10);
    await cache.put('a', bytes('aaaa'));
    await cache.put('b', bytes('bbbb'));
    await cache.get('a');
    await cache.put('c', bytes('cccc'));
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(async (k) => text(await cache.get(k)))), [
      'aaaa',
      undefined,
      'cccc',
    ]);
  });

  it('takes nothing that is larger than itself', async () => {
    const cache = memoryCache(3);
    await cache.put('a', bytes('aaaa'));
    assert.equal(await cache.get('a'), undefined);
  });

  it('keeps what the slower cache behind it knows', async () => {
    const [near, far] = [memoryCache(100), memoryCache(100)];
    await far.put('a', bytes('one'));
    assert.equal(text(await layered(near, far).get('a')), 'one');
    assert.equal(text(await near.get('a')), 'one');
  });
});

describe('the cache on disk', () => {
  it('gives back what another process has put there', async (t) => {
    const folder = await tempFolder(t);
    await diskCache(folder, 1e6).put(key('x'), bytes('measured'));
    assert.equal(text(await diskCache(folder, 1e6).get(key('x'))), 'measured');
    assert.equal(await diskCache(folder, 1e6).get(key('y')), undefined);
  });

  for (const [name, damage] of [
    ['cut off', (content: Buffer) => content.subarray(0, content.length - 3)],
    ['overwritten', (content: Buffer) => Buffer.concat([content.subarray(0, 64), Buffer.from('forged')])],
    ['empty', () => Buffer.alloc(0)],
  ] as const) {
    it(`measures again when an entry is ${name}`, async (t) => {
      const folder = await tempFolder(t);
      const cache = diskCache(folder, 1e6);
      await cache.put(key('x'), bytes('measured'));
      const [file = ''] = await entries(folder);
      await writeFile(file, damage(await readFile(file)));
      assert.equal(await cache.get(key('x')), undefined);
      await cache.put(key('x'), bytes('measured'));
      assert.equal(text(await cache.get(key('x'))), 'measured', 'the damaged entry is replaced');
    });
  }

  it('stands many writers of one entry', async (t) => {
    const folder = await tempFolder(t);
    const writers = Array.from({ length: 20 }, () => diskCache(folder, 1e6));
    await Promise.all(writers.map((cache) => cache.put(key('x'), bytes('x'.repeat(50_000)))));
    assert.equal((await diskCache(folder, 1e6).get(key('x')))?.length, 50_000);
    assert.equal((await entries(folder)).length, 1, 'no temporary file is left');
  });

  it('deletes the entries that were not used for longest when it grows too large', async (t) => {
    const folder = await tempFolder(t);
    const cache = diskCache(folder, 1e9);
    for (const name of ['old', 'new']) await cache.put(key(name), bytes(name.repeat(1000)));
    const old = (await entries(folder)).find((file) => file.endsWith(key('old'))) ?? '';
    await utimes(old, new Date(0), new Date(0));
    await diskCache(folder, 5000).put(key('newest'), bytes('-'));
    assert.equal(await cache.get(key('old')), undefined);
    assert.equal((await cache.get(key('new')))?.length, 3000);
  });

  it('is only slow where it cannot write', async (t) => {
    const file = path.join(await tempFolder(t), 'no-folder');
    await writeFile(file, '');
    const cache = diskCache(file, 1e6);
    await cache.put(key('x'), bytes('measured'));
    assert.equal(await cache.get(key('x')), undefined);
  });

  it('lies where the system keeps caches, never relative to the current folder', {
    skip: process.platform !== 'linux',
  }, () => {
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }), '/var/cache/me/mle-forge');
    assert.match(userCacheFolder({ XDG_CACHE_HOME: 'here' }), /^\/.*\.cache\/mle-forge$/);
  });
});

describe('hashes of files', () => {
  it('follow a file that is written twice within the grain of the clock', async (t) => {
    const file = path.join(await tempFolder(t), 'metric.py');
    const hashes = new FileHashes();
    for (let round = 0; round < 30; round += 1) {
      await writeFile(file, `x = ${10 + round}\n`);
      assert.equal(await hashes.of(file), sha256(`x = ${10 + round}\n`));
    }
  });
});
