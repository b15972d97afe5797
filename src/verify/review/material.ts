// What a judge gets to read of a task, and the places of quotes in it. Private data are never part of it.
import path from 'node:path';
import { prettyJson } from '../../task/canonical-json.ts';
import type { Range } from '../../task/findings.ts';
import { hashValue, sha256 } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { PackageFiles } from '../package/files.ts';
import { readStart } from '../package/regular-file.ts';
import { rangeOf } from '../package/text-places.ts';

/** Raw rows of each table that may leave the machine; `none`: names of columns alone. */
export type JudgedRows = number | 'none';

export interface JudgedFile {
  /** Path within the package. */
  readonly file: string;
  /** What the judge reads: the file, or the start of it. */
  readonly shown: string;
  /** The text that a quote is looked up in. */
  readonly text: string;
}

/** What is longer is no description and no short program. */
const MOST_CHARACTERS = 20_000;
const MOST_TABLE_BYTES = 6_000;
const MOST_TABLES = 8;
/** Entries of task.json that say how the task was made and judged, not what it is. */
const BOOKKEEPING = new Set<keyof TaskSpec>([
  'schema_version',
  'id',
  'difficulty',
  'provenance',
  'suppressions',
  'hashes',
]);

/** The files to judge, in the order of reading; those that are absent or no text are left out. */
export async function judgedFiles(files: PackageFiles, manifest: TaskSpec, rows: JudgedRows): Promise<JudgedFile[]> {
  const found: JudgedFile[] = [];
  const add = (file: string, text: string | null): void => {
    if (text !== null) found.push({ file, shown: text.slice(0, MOST_CHARACTERS), text });
  };
  add(layout.description, await files.text(layout.description));
  const entries = Object.entries(manifest).filter(([entry]) => !BOOKKEEPING.has(entry as keyof TaskSpec));
  const shown = prettyJson(Object.fromEntries(entries)).slice(0, MOST_CHARACTERS);
  found.push({ file: layout.manifest, shown, text: (await files.text(layout.manifest)) ?? '' });
  for (const table of (await tables(files)).slice(0, MOST_TABLES)) {
    const start = await startOf(path.join(files.folder, table), rows);
    if (start !== null) found.push({ file: table, shown: start, text: start });
  }
  add(layout.metric, await files.text(layout.metric));
  add(layout.prepare, await files.text(layout.prepare));
  return found;
}

/** Hash of what the judge reads: a review is about exactly this. */
export function materialHash(files: readonly JudgedFile[]): string {
  return hashValue(files.map(({ file, shown }) => [file, sha256(shown)]));
}

async function tables(files: PackageFiles): Promise<string[]> {
  return (await files.list()).filter((file) => file.startsWith(`${layout.publicData}/`) && /\.(csv|tsv)$/i.test(file));
}

/** The header and so many lines: never more than so many rows, since a row has one line or more. */
async function startOf(file: string, rows: JudgedRows): Promise<string | null> {
  const start = await readStart(file, MOST_TABLE_BYTES);
  if (start === null) return null;
  const lines = start.replace(/\n$/, '').split('\n');
  return `${lines.slice(0, 1 + (rows === 'none' ? 0 : rows)).join('\n')}\n`;
}

/** Words so few that they stand in every text prove nothing, unless they stand in this one once. */
const SHORT_QUOTE = 12;
const LONGEST_QUOTE = 1_000;

/** Where a quote stands; null when it does not. White space may differ: models break lines anew. */
export function placeOfQuote(text: string, quote: string): { start: number; end: number; range: Range } | null {
  const words = quote.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || quote.length > LONGEST_QUOTE) return null;
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+'), 'gu');
  const first = pattern.exec(text);
  if (first === null) return null;
  if (words.join('').length < SHORT_QUOTE && pattern.exec(text) !== null) return null;
  const [start, length] = [first.index, first[0].length];
  return { start, end: start + length, range: rangeOf(text, start, length) };
}
