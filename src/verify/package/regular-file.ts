// Reading what untrusted code left behind: regular files of a bounded size, links never followed.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export type RegularFile =
  | { readonly kind: 'file'; readonly content: Buffer }
  | { readonly kind: 'refused'; readonly reason: string };

/** The content of a regular file of at most `maxBytes`, or why it is refused. Neither links nor devices are opened. */
export async function readRegularFile(file: string, maxBytes: number): Promise<RegularFile> {
  let handle: FileHandle;
  try {
    handle = await openPlain(file);
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

/** The first bytes of a regular file as text, a cut character left out; null when it is none. Links are not followed. */
export async function readStart(file: string, bytes: number): Promise<string | null> {
  const handle = await openPlain(file).catch(() => null);
  if (handle === null) return null;
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/\uFFFD+$/, '');
  } finally {
    await handle.close();
  }
}

/** O_NONBLOCK: a named pipe must not hold the reader up. Windows has neither flag and no such files. */
function openPlain(file: string): Promise<FileHandle> {
  return open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

function refused(reason: string): RegularFile {
  return { kind: 'refused', reason };
}
