// Folders that take long to fill and are too large for the cache of measurements: kept while the process lives.
import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeWorkFolder, removeAtExit } from '../../runtime/work-folder.ts';
import { listFiles } from '../../task/hashing.ts';

/** The task at hand, and one that it is compared with. */
const MOST_FOLDERS = 2;
/** A task of 100,000 test rows leaves some 300 MB; larger folders are filled anew each time rather than left on a disk. */
const MOST_BYTES = 2 ** 30;

interface Filled {
  readonly folder: string;
  /** Small enough to stay. */
  readonly worthKeeping: boolean;
}

interface Kept {
  readonly filled: Promise<Filled>;
  users: number;
}

export class KeptFolders {
  readonly #kept = new Map<string, Kept>();

  /**
   * Lends `use` the folder that `fill` filled for this key, now or before; without a key it is filled anew and removed
   * afterwards. Nobody may change it once it is filled. What `fill` or `use` throws comes through.
   */
  async lend<Result>(
    key: string | null,
    fill: (folder: string) => Promise<void>,
    use: (folder: string) => Promise<Result>,
  ): Promise<Result> {
    const kept = (key === null ? undefined : this.#kept.get(key)) ?? { filled: filled(fill), users: 0 };
    kept.users += 1;
    // A Map keeps the order of insertion: the first key is the one that was not used for longest.
    if (key !== null) this.#kept.delete(key);
    if (key !== null) this.#kept.set(key, kept);
    try {
      return await use((await kept.filled).folder);
    } finally {
      kept.users -= 1;
      const made = await kept.filled.catch(() => null);
      const isWorthless = made?.worthKeeping !== true;
      if (key !== null && isWorthless && this.#kept.get(key) === kept) this.#kept.delete(key);
      if (made !== null && kept.users === 0 && (key === null || isWorthless)) await remove(made.folder);
      await this.#forgetOldest();
    }
  }

  async #forgetOldest(): Promise<void> {
    for (const [oldest, { filled, users }] of this.#kept) {
      if (this.#kept.size <= MOST_FOLDERS) return;
      if (users > 0) continue;
      this.#kept.delete(oldest);
      await remove((await filled).folder);
    }
  }
}

/** The size is asked once: a folder that is kept is lent at every save. */
async function filled(fill: (folder: string) => Promise<void>): Promise<Filled> {
  const folder = await makeWorkFolder('kept');
  removeAtExit(folder);
  try {
    await fill(folder);
    return { folder, worthKeeping: (await bytesIn(folder)) <= MOST_BYTES };
  } catch (error) {
    await remove(folder);
    throw error;
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  // Blocks, since a file may be nearly all hole.
  for (const file of await listFiles(folder)) bytes += (await lstat(path.join(folder, file))).blocks * 512;
  return bytes;
}
