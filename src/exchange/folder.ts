// A foreign folder as it is looked at: a bounded list of its files and bounded texts, links never followed.
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Task files lie near the top; what is deeper is data. */
const MAX_DEPTH = 4;
const MAX_FILES = 5_000;
const MAX_TEXT_BYTES = 1_000_000;

export interface Folder {
  readonly path: string;
  /** Regular files up to four levels deep, sorted, relative with forward slashes. */
  readonly files: readonly string[];
  /** Text of a regular file of at most 1 MB; null when it is absent, larger, no file or a link. */
  text(file: string): Promise<string | null>;
}

/** Looks at a folder. */
export async function openFolder(folder: string): Promise<Folder> {
  const files: string[] = [];
  const visit = async (relative: string, depth: number): Promise<void> => {
    const entries = await readdir(path.join(folder, relative), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (files.length >= MAX_FILES || entry.name.startsWith('.') || entry.name === '__pycache__') continue;
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isFile()) files.push(child);
      else if (entry.isDirectory() && depth < MAX_DEPTH) await visit(child, depth + 1);
    }
  };
  await visit('', 1);
  files.sort();
  return { path: folder, files, text: (file) => boundedText(path.join(folder, file)) };
}

/** Text of a regular file of at most 1 MB; null for anything else. */
export async function boundedText(file: string): Promise<string | null> {
  const status = await lstat(file).catch(() => null);
  if (status === null || !status.isFile() || status.size > MAX_TEXT_BYTES) return null;
  return readFile(file, 'utf8').catch(() => null);
}
