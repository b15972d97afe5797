// Whether a raw dataset is as it was, without reading terabytes.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { hashValue, listFiles } from '../../task/hashing.ts';
import type { FileHashes } from '../cache/file-hashes.ts';

// Up to this size contents are hashed; beyond it size and time of change must do.
const MAX_HASHED_BYTES = 200_000_000;

/** A value that changes when a file is added, removed or written: sizes and times, and contents of small datasets. */
export async function fingerprint(dataset: string, hashes: FileHashes): Promise<string> {
  const single = (await lstat(dataset)).isFile();
  const files = single ? [''] : await listFiles(dataset);
  const states = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await lstat(path.join(dataset, file));
      return { file, size, mtimeMs };
    }),
  );
  const total = states.reduce((sum, { size }) => sum + size, 0);
  const contents: string[] = [];
  if (total <= MAX_HASHED_BYTES)
    for (const { file } of states) contents.push(await hashes.of(path.join(dataset, file)));
  return hashValue({ states, contents });
}
