// Reading on the host what a job wrote: its folder may hold links, devices and files of any size.
import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';

/** Reports, scripts and logs are far smaller; tables are read by Python jobs. */
const defaultMostBytes = 16 * 2 ** 20;

/**
 * Reads one regular file below `folder`, given by its relative path.
 * @throws ForgeError when it is missing, too large, not a regular file, or reached through a link.
 */
export async function readOutput(folder: string, relative: string, mostBytes = defaultMostBytes): Promise<Buffer> {
  const root = await realpath(folder).catch(() => fail(relative, 'its folder does not exist'));
  const file = path.resolve(root, relative);
  if (path.isAbsolute(relative) || !file.startsWith(root + path.sep)) fail(relative, 'it is outside of the folder');
  await refuseLinks(root, file, relative);
  // O_NONBLOCK: opening a named pipe that a job left must not wait for a writer.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch(() => fail(relative, 'it cannot be opened'));
  try {
    const found = await handle.stat();
    if (!found.isFile()) fail(relative, 'it is not a regular file');
    if (found.size > mostBytes) fail(relative, `it has ${found.size} bytes, more than ${mostBytes}`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** O_NOFOLLOW only guards the last part of a path. */
async function refuseLinks(root: string, file: string, relative: string): Promise<void> {
  let place = root;
  for (const part of path.relative(root, file).split(path.sep)) {
    place = path.join(place, part);
    const found = await lstat(place).catch(() => fail(relative, 'it does not exist'));
    if (found.isSymbolicLink()) fail(relative, 'it is a symbolic link or lies behind one');
  }
}

function fail(relative: string, why: string): never {
  throw new ForgeError('OUTPUT_UNREADABLE', `The output ${relative} was not read: ${why}.`, 'Run the job again.');
}
