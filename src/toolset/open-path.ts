// Where tools may go. A model chooses the paths, and text of a dataset may have talked to it: only the folders that a
// person opened count, links followed.
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { isWithin } from '../task/within.ts';

/**
 * The path, resolved, when it is absolute and lies at or below one of the open folders. It need not exist.
 * @throws ForgeError that names the open folders.
 */
export async function openPath(given: string, roots: readonly string[]): Promise<string> {
  const open = roots.length === 0 ? 'No folder is open to the tools.' : `Open to the tools: ${roots.join(', ')}.`;
  if (!path.isAbsolute(given)) {
    throw new ForgeError('PATH_RELATIVE', `${given} is no absolute path.`, `Give the absolute path. ${open}`);
  }
  const target = path.resolve(given);
  const real = await realPlace(target);
  for (const root of roots) {
    const realRoot = await realPlace(root);
    // What leads nowhere lies nowhere.
    if (real !== '' && realRoot !== '' && isWithin(real, realRoot)) return target;
  }
  throw new ForgeError(
    'PATH_OUTSIDE',
    `${target} lies in no folder that is open to the tools.`,
    `${open} A person may open others.`,
  );
}

/** The path with every link of its existing part followed. */
async function realPlace(target: string): Promise<string> {
  for (let at = target; ; at = path.dirname(at)) {
    if ((await lstat(at).catch(() => null)) === null && at !== path.dirname(at)) continue;
    // A link that leads nowhere, or round in a circle, leads out.
    const real = await realpath(at).catch(() => null);
    return real === null ? '' : path.join(real, path.relative(at, target));
  }
}
