// Edits of one entry of a JSON text that leave the rest as it was written.
import { locateJson, type Span } from '../package/json-places.ts';
import { rangeOf } from '../package/text-places.ts';
import type { TextEdit } from './repair.ts';

type Path = readonly (string | number)[];

const INDENT = '  ';

/** Writes a value over an existing one, or adds the entry to its object. Null when the text has no place for it. */
export function setEntry(text: string, path: Path, value: unknown): TextEdit | null {
  const places = locateJson(text);
  const known = places.value(path);
  if (known !== null) return over(text, known, written(value, indentAt(text, known.start)));
  const name = path.at(-1);
  const parent = places.value(path.slice(0, -1));
  if (parent === null || typeof name !== 'string' || text[parent.start] !== '{') return null;
  return append(text, parent, (indent) => `${JSON.stringify(name)}: ${written(value, indent)}`);
}

/** Adds an item to the end of a list. Null when the text has no such list. */
export function addItem(text: string, path: Path, value: unknown): TextEdit | null {
  const list = locateJson(text).value(path);
  if (list === null || text[list.start] !== '[') return null;
  return append(text, list, (indent) => written(value, indent));
}

/** Removes an entry of an object together with the comma that belongs to it. Null when it is not there. */
export function removeEntry(text: string, path: Path): TextEdit | null {
  const places = locateJson(text);
  const name = path.at(-1);
  const value = places.value(path);
  const parent = places.value(path.slice(0, -1));
  if (value === null || parent === null || typeof name !== 'string') return null;
  const before = text.slice(parent.start, value.start).replace(/"(?:[^"\\]|\\.)*"\s*:\s*$/, '');
  const start = parent.start + before.trimEnd().length;
  const end = value.start + value.length;
  if (text[start - 1] === ',') return over(text, { start: start - 1, length: end - start + 1 }, '');
  const after = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  return over(text, { start, length: end + after - start }, '');
}

/** Puts an entry behind the last one of an object or a list, in the manner in which they are written. */
function append(text: string, { start, length }: Span, entry: (indent: string) => string): TextEdit {
  const inner = text.slice(start + 1, start + length - 1);
  const outer = indentAt(text, start);
  const indent = outer + INDENT;
  if (inner.trim() === '')
    return over(text, { start: start + 1, length: inner.length }, `\n${indent}${entry(indent)}\n${outer}`);
  const at = start + 1 + inner.trimEnd().length;
  const lines = inner.includes('\n');
  return over(text, { start: at, length: 0 }, lines ? `,\n${indent}${entry(indent)}` : `, ${entry(outer)}`);
}

/** A value as pretty JSON whose further lines stand at `indent`. */
function written(value: unknown, indent: string): string {
  return JSON.stringify(value, null, INDENT).replaceAll('\n', `\n${indent}`);
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function over(text: string, { start, length }: Span, newText: string): TextEdit {
  return { range: rangeOf(text, start, length), newText };
}
