// A finished package appears in the output folder in one step, and never over something that is there.
import { lstat, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { hashPackageFiles, packageHash } from '../verify/package/hash.ts';

const maxIdLength = 80;
const maxNamesakes = 1000;

export interface Published {
  readonly path: string;
  /** The same task was there before and stays as it is. */
  readonly unchanged: boolean;
}

/**
 * Moves the package of `folder` to OUT/<id>. When a different one stands there, `seal` rewrites this one for the next
 * free name (<id>-2, ...) first.
 */
export async function publish(
  folder: string,
  out: string,
  id: string,
  seal: (id: string) => Promise<void>,
): Promise<Published> {
  for (let copy = 1; copy <= maxNamesakes; copy += 1) {
    const name = copy === 1 ? id : numbered(id, copy);
    if (copy > 1) await seal(name);
    const target = path.join(out, name);
    if ((await lstat(target).catch(() => null)) !== null) {
      if ((await contentHash(target)) !== (await contentHash(folder))) continue;
      await rm(folder, { recursive: true, force: true });
      return { path: target, unchanged: true };
    }
    if (await moved(folder, target)) return { path: target, unchanged: false };
  }
  throw new ForgeError(
    'TOO_MANY_NAMESAKES',
    `${out} holds ${maxNamesakes} tasks named ${id}.`,
    'Choose another output folder with --out.',
  );
}

/** False when another process has put a folder there in this moment. */
async function moved(folder: string, target: string): Promise<boolean> {
  try {
    await rename(folder, target);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

/** Runs and reports may differ between two copies of one task; what a verdict is bound to may not. */
async function contentHash(folder: string): Promise<string> {
  const files = new PackageFiles(folder);
  try {
    return await packageHash(files, await hashPackageFiles(files));
  } catch {
    return `not a folder: ${folder}`;
  }
}

function numbered(id: string, copy: number): string {
  const suffix = `-${copy}`;
  return `${id.slice(0, maxIdLength - suffix.length).replace(/-+$/, '')}${suffix}`;
}
