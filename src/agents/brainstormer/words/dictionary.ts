// Data dictionaries: what the documents of a dataset say about its columns.
import type { DatasetProfile } from '../../../dataset/profile.ts';
import { htmlLines } from './html-lines.ts';
import { plainText } from './plain-text.ts';

/** Longer definitions are cut: they stand in one cell of a table. */
const MOST_CHARACTERS = 160;
/** A line that is shorter says nothing that the name does not. */
const FEWEST_CHARACTERS = 8;

const patterns: readonly RegExp[] = [
  // | name | text |, also with a type column between; the last long cell is taken
  /^\|\s*`?([^|`]+?)`?\s*\|(.+)\|\s*$/,
  // * name - text, - name: text, name: text, **name**: text
  /^\s*(?:[-*+]|\d+[.)])?\s*[`*_"']*([\w][\w .()/%-]{0,58}?)[`*_"']*\s*(?::|\s[-–—=])\s+(.+)$/,
];

/** Definitions by column name, as plain one-line text. Names match without regard to case, punctuation and units. */
export function columnDefinitions(
  documents: DatasetProfile['documents'],
  columns: readonly string[],
): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  for (const column of columns) {
    wanted.set(key(column), column);
    const bare = key(column.replace(/[([][^()[\]]*[)\]]\s*$/, ''));
    if (bare !== '' && !wanted.has(bare)) wanted.set(bare, column);
  }
  const found = new Map<string, string>();
  const keep = (name: string, text: string): void => {
    const column = wanted.get(key(name));
    const plain = plainText(text, MOST_CHARACTERS);
    if (column !== undefined && !found.has(column) && plain.length >= FEWEST_CHARACTERS && /[a-z]{3}/i.test(plain)) {
      found.set(column, plain.replace(/\s*[.;,]$/, ''));
    }
  };
  for (const document of documents) {
    if (document.kind === 'licence') continue;
    const lines = /\.html?$/i.test(document.path) ? htmlLines(document.text) : document.text.split(/\r?\n/);
    lines.forEach((line, at) => {
      readLine(line, keep);
      readDefinition(lines, at, keep);
    });
  }
  return found;
}

function readLine(line: string, keep: (name: string, text: string) => void): void {
  const cells = patterns[0]?.exec(line);
  if (cells) {
    const rest = (cells[2] ?? '').split('|').map((cell) => cell.trim());
    const longest = rest.reduce((best, cell) => (cell.length > best.length ? cell : best), '');
    keep(cells[1] ?? '', longest);
    return;
  }
  const item = patterns[1]?.exec(line);
  if (item) keep(item[1] ?? '', item[2] ?? '');
}

/** A name alone on its line, its definition indented (or led by a colon) below. */
function readDefinition(lines: readonly string[], at: number, keep: (name: string, text: string) => void): void {
  const name = lines[at] ?? '';
  if (name.trim() === '' || name.length > 60 || /^\s/.test(name)) return;
  const body: string[] = [];
  for (const line of lines.slice(at + 1, at + 7)) {
    const match = /^(?:\s{2,}|\t|:\s+)(\S.*)$/.exec(line);
    if (!match) break;
    body.push(match[1] ?? '');
  }
  if (body.length > 0) keep(name, body.join(' '));
}

function key(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
