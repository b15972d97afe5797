// Folders that are kept between verifications: filled once, lent as they are, and gone when nobody needs them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { KeptFolders } from '../../../src/verify/cache/kept-folders.ts';

const read = (folder: string) => readFile(path.join(folder, 'it'), 'utf8');

/** Fills with the number of times that it was asked to. */
function counter(): { fill: (folder: string) => Promise<void>; times: () => number } {
  let times = 0;
  return {
    fill: async (folder) => {
      times += 1;
      await writeFile(path.join(folder, 'it'), String(times));
    },
    times: () => times,
  };
}

describe('a kept folder', () => {
  it('is filled once for a key, for users one after the other and at once', async () => {
    const folders = new KeptFolders();
    const { fill, times } = counter();
    assert.equal(await folders.lend('a', fill, read), '1');
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => folders.lend('a', fill, read))), ['1', '1', '1']);
    assert.equal(await folders.lend('b', fill, read), '2');
    assert.equal(times(), 2);
  });

  it('is private to this user', async () => {
    const mode = await new KeptFolders().lend('a', counter().fill, async (folder) => (await stat(folder)).mode);
    assert.equal(mode & 0o077, 0);
  });

  it('is filled anew without a key, and removed after its use', async () => {
    const folders = new KeptFolders();
    const { fill, times } = counter();
    const seen = await folders.lend(null, fill, async (folder) => folder);
    assert.equal(existsSync(seen), false);
    await folders.lend(null, fill, read);
    assert.equal(times(), 2);
  });

  it('gives way to newer ones, but not while it is used', async () => {
    const folders = new KeptFolders();
    const { fill } = counter();
    const where = async (folder: string) => folder;
    await folders.lend('a', fill, async (used) => {
      for (const key of ['b', 'c', 'd']) await folders.lend(key, fill, where);
      assert.equal(existsSync(used), true);
    });
    const { fill: again, times } = counter();
    await folders.lend('d', again, where);
    assert.equal(times(), 0, 'the newest is there');
    await folders.lend('b', again, where);
    assert.equal(times(), 1, 'the oldest is not');
  });

  it('that could not be filled is asked for again', async () => {
    const folders = new KeptFolders();
    const broken = async () => {
      throw new Error('no room');
    };
    await assert.rejects(folders.lend('a', broken, read), /no room/);
    assert.equal(await folders.lend('a', counter().fill, read), '1');
  });

  it('stays when its user fails', async () => {
    const folders = new KeptFolders();
    const { fill, times } = counter();
    await assert.rejects(
      folders.lend('a', fill, async () => {
        throw new Error('a grader failed');
      }),
      /a grader failed/,
    );
    await folders.lend('a', fill, read);
    assert.equal(times(), 1);
  });

  it('is gone when the process ends', () => {
    const module = path.join(import.meta.dirname, '../../../src/verify/cache/kept-folders.ts');
    const script = `
      import { KeptFolders } from ${JSON.stringify(module)};
      await new KeptFolders().lend('a', async () => {}, async (folder) => process.stdout.write(folder));
    `;
    const folder = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.match(folder, /mle-forge-kept-/);
    assert.equal(existsSync(folder), false);
  });
});
