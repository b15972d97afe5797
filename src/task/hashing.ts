// Content hashes. A verdict, a stage and a package are all bound to bytes by sha256.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson } from './canonical-json.ts';

/** sha256 of text or bytes, as lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** sha256 of a value's canonical JSON. */
export function hashValue(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** sha256 of a file, read as a stream. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Regular files below a folder as sorted relative paths with forward slashes. Symbolic links are not followed. */
export async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await visit(child);
      else if (entry.isFile()) found.push(child);
    }
  };
  await visit('');
  return found.sort();
}

/** sha256 over the sorted list of relative paths and the contents of the files. A single file counts by its name. */
export async function hashTree(root: string): Promise<string> {
  const isFile = (await lstat(root)).isFile();
  const files = isFile ? [path.basename(root)] : await listFiles(root);
  const base = isFile ? path.dirname(root) : root;
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${await hashFile(path.join(base, file))}\n`);
  return hash.digest('hex');
}
