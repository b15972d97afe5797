import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderWatches } from '../../../src/extension/tasks/folder-watches.ts';
import { tempFolder } from '../../support/temp-folder.ts';

interface Watched {
  readonly root: string;
  readonly watches: FolderWatches;
  /** Waits for word of a place below the root; what was told before is forgotten then. */
  tells(place: string): Promise<void>;
  isSilent(): Promise<void>;
}

async function watched(t: TestContext): Promise<Watched> {
  const root = await tempFolder(t);
  const told = new Set<string>();
  const watches = new FolderWatches((place) => told.add(path.relative(root, place)));
  t.after(() => watches.dispose());
  return {
    root,
    watches,
    async tells(place) {
      for (let waited = 0; waited < 10_000 && !told.has(place); waited += 10) await sleep(10);
      assert.ok(told.has(place), `nothing of ${place}, but of ${[...told].join(', ')}`);
      await sleep(100);
      told.clear();
    },
    async isSilent() {
      await sleep(200);
      assert.deepEqual([...told], []);
    },
  };
}

test('an entry that appears, changes or goes is told, what lies deeper is not', async (t) => {
  const { root, watches, tells, isSilent } = await watched(t);
  watches.add(root);
  await mkdir(path.join(root, 'stones'));
  await tells('stones');
  await writeFile(path.join(root, 'stones/task.json'), '{}');
  await isSilent();
  watches.add(path.join(root, 'stones'));
  await writeFile(path.join(root, 'stones/task.json'), '{"a":1}');
  await tells('stones/task.json');
  await rm(path.join(root, 'stones'), { recursive: true });
  await tells('stones');
});

test('a folder that was deleted and made again can be watched again', async (t) => {
  const { root, watches, tells } = await watched(t);
  const folder = path.join(root, 'stones');
  for (const _ of ['first', 'second']) {
    await mkdir(folder);
    watches.add(folder);
    await writeFile(path.join(folder, 'report.json'), '{}');
    await tells('stones/report.json');
    await rm(folder, { recursive: true });
    await tells('stones');
  }
});

test('a folder that is renamed takes the watches of what is in it along', async (t) => {
  const { root, watches, tells, isSilent } = await watched(t);
  const inside = path.join(root, 'stones/verification');
  await mkdir(inside, { recursive: true });
  watches.add(path.join(root, 'stones'));
  watches.add(inside);
  await rename(path.join(root, 'stones'), path.join(root, 'rocks'));
  await tells('stones');
  await writeFile(path.join(root, 'rocks/verification/report.json'), '{}');
  await isSilent();
  await mkdir(inside, { recursive: true });
  watches.add(inside);
  await writeFile(path.join(inside, 'report.json'), '{}');
  await tells('stones/verification/report.json');
});

test('a folder that is not there is passed over', async (t) => {
  const { root, watches, isSilent } = await watched(t);
  watches.add(path.join(root, 'absent'));
  await isSilent();
});
