// Content hashes of files, read again only when a file has changed.
import { lstat } from 'node:fs/promises';
import { hashFile } from '../../task/hashing.ts';

/**
 * Within the clock's grain a second write may leave no trace in a file's times. A file that changed so recently is
 * read again next time (the rule of git's index: https://git-scm.com/docs/racy-git).
 */
const GRAIN_MS = 100;

export class FileHashes {
  readonly #known = new Map<string, { readonly signature: string; readonly hash: string }>();

  /** sha256 of a regular file by its absolute path. Throws when it cannot be read. */
  async of(file: string): Promise<string> {
    const { signature, changed } = await signatureOf(file);
    const known = this.#known.get(file);
    if (known?.signature === signature) return known.hash;
    const started = Date.now();
    const hash = await hashFile(file);
    const after = await signatureOf(file);
    if (after.signature === signature && started - changed > GRAIN_MS) this.#known.set(file, { signature, hash });
    else this.#known.delete(file);
    return hash;
  }
}

/** Size, identity and times; the time of status change cannot be set by a program, so a write always shows. */
async function signatureOf(file: string): Promise<{ signature: string; changed: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await lstat(file, { bigint: true });
  return { signature: [dev, ino, size, mtimeNs, ctimeNs].join(' '), changed: Number(ctimeNs / 1_000_000n) };
}
