// The cache in the user's cache folder: one file per key, shared by every process of the user.
import { chmod, mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { writeFileAtomic } from '../../task/atomic-write.ts';
import { sha256 } from '../../task/hashing.ts';
import type { Cache } from './cache.ts';

/** Changes when the form of the entries changes. */
const FORMAT = 'measurements-1';
const HASH_LENGTH = 64;
const KEY = /^[0-9a-f]{64}$/;
/** How often a process looks at the total: a listing of thousands of files takes some milliseconds. */
const PUTS_PER_PRUNING = 64;
/** Pruning goes below the bound, so that it is not due again at once. */
const KEPT_SHARE = 0.8;

/** The folder for caches of this user by the convention of the system. */
export function userCacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'mle-forge', 'cache');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'mle-forge');
  // https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is to be ignored.
  const given = env['XDG_CACHE_HOME'];
  return path.join(given && path.isAbsolute(given) ? given : path.join(homedir(), '.cache'), 'mle-forge');
}

/**
 * Entries are written aside and renamed, so that a reader sees a whole entry or none, and each carries its own hash:
 * what a crash or a failing disk has damaged counts as absent. Others may delete an entry at any time.
 */
export function diskCache(root: string, maxBytes: number): Cache {
  const folder = path.join(root, FORMAT);
  let puts = 0;
  const fileOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error(`not a cache key: ${key}`);
    return path.join(folder, key.slice(0, 2), key);
  };
  return {
    get: async (key) => {
      const file = fileOf(key);
      try {
        const entry = await readFile(file);
        const content = entry.subarray(HASH_LENGTH);
        if (entry.subarray(0, HASH_LENGTH).toString('latin1') !== sha256(content)) return undefined;
        const now = new Date();
        await utimes(file, now, now);
        return content;
      } catch {
        return undefined; // absent, or unreadable: both mean that it is measured again
      }
    },
    put: async (key, content) => {
      const file = fileOf(key);
      try {
        if (puts === 0) {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          await chmod(folder, 0o700); // evidence may quote private answers
        }
        await writeFileAtomic(file, Buffer.concat([Buffer.from(sha256(content), 'latin1'), content]));
        if (puts % PUTS_PER_PRUNING === 0) await prune(folder, maxBytes);
        puts += 1;
      } catch {
        // a full or read-only disk makes the next verification slower, not wrong
      }
    },
  };
}

/** Deletes the entries that were not used for longest until the rest is well within the bound. */
async function prune(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const status = await stat(file).catch(() => null);
      return status?.isFile() ? [{ file, size: status.size, used: status.mtimeMs }] : [];
    }),
  );
  const entries = found.flat().sort((a, b) => a.used - b.used);
  let total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total <= maxBytes) return;
  for (const { file, size } of entries) {
    if (total <= maxBytes * KEPT_SHARE) break;
    await rm(file, { force: true });
    total -= size;
  }
}
