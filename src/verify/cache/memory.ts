// What a verifier remembers between verifications.
import { type Cache, layered, memoryCache } from './cache.ts';
import { diskCache } from './disk-cache.ts';
import { FileHashes } from './file-hashes.ts';
import { KeptFolders } from './kept-folders.ts';

/** Measurements are some kilobytes each; submissions of baselines make up the most. */
const MEMORY_BYTES = 256 * 2 ** 20;
const DISK_BYTES = 512 * 2 ** 20;

export interface Memory {
  readonly hashes: FileHashes;
  /** Null when every measurement is to be made anew. */
  readonly measurements: Cache | null;
  readonly folders: KeptFolders;
}

/** Remembers as long as the process lives; with `folder`, also beyond it. */
export function createMemory(folder?: string): Memory {
  const near = memoryCache(MEMORY_BYTES);
  return {
    hashes: new FileHashes(),
    folders: new KeptFolders(),
    measurements: folder === undefined ? near : layered(near, diskCache(folder, DISK_BYTES)),
  };
}

/** Remembers no measurement. */
export function noMemory(): Memory {
  return { hashes: new FileHashes(), folders: new KeptFolders(), measurements: null };
}
