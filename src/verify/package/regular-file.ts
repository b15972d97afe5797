// Reading what untrusted code left behind: regular files of a bounded size, links never followed.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export type RegularFile =
  | { readonly kind: 'file'; readonly content: Buffer }
  | { readonly kind: 'refused'; readonly reason: string };

/** The content of a regular file of at most `maxBytes`, or why it is refused. Neither links nor devices are opened. */
export async function readRegularFile(file: string, maxBytes: number): Promise<RegularFile> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    // O_NONBLOCK: a named pipe must not hold the reader up. Windows has neither flag and no such files.
    handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return refused(
      code === 'ENOENT' ? 'it does not exist' : code === 'ELOOP' ? 'it is a symbolic link' : 'it cannot be opened',
    );
  }
  try {
    const status = await handle.stat();
    if (!status.isFile()) return refused('it is no regular file');
    if (status.size > maxBytes) return refused(`it has ${status.size} bytes; ${maxBytes} are allowed`);
    return { kind: 'file', content: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

function refused(reason: string): RegularFile {
  return { kind: 'refused', reason };
}
