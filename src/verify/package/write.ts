// Writing into a package that may come from elsewhere: never through a folder that is a link out of it.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../task/atomic-write.ts';
import { ForgeError } from '../../task/errors.ts';

/** The first thing on the way from the package to one of its files that is there and is no folder; null when none is. */
export async function obstacle(folder: string, file: string): Promise<string | null> {
  const parts = file.split('/').slice(0, -1);
  for (const [index] of parts.entries()) {
    const place = parts.slice(0, index + 1).join('/');
    const status = await lstat(path.join(folder, place)).catch(() => null);
    if (status === null) return null;
    if (!status.isDirectory()) return place;
  }
  return null;
}

/**
 * Writes one file of the package, in one step. A file that is a link itself is replaced, not followed.
 * @throws ForgeError LINKED_FOLDER when a folder on the way is a link, or no folder.
 */
export async function writeInPackage(folder: string, file: string, content: string | Uint8Array): Promise<void> {
  const place = await obstacle(folder, file);
  if (place !== null) {
    throw new ForgeError(
      'LINKED_FOLDER',
      `${file} was not written: ${place} of the task is a link, or no folder.`,
      `Replace ${place} by a folder.`,
    );
  }
  await writeFileAtomic(path.join(folder, file), content);
}
