// Places in Python source that a repair writes to. Text is scanned, not parsed: what is not plainly written is left alone.
import { rangeOf } from '../package/text-places.ts';
import type { TextEdit } from './repair.ts';

export interface FunctionText {
  /** Names of the parameters in order, without annotations. */
  readonly parameters: readonly string[];
  readonly indent: string;
  /** Offset of the first line of the body behind the docstring. */
  readonly body: number;
  /** Offset behind the last line of the body. */
  readonly end: number;
}

/** A function at the top level of a file whose body stands on lines of its own. */
export function functionText(text: string, name: string): FunctionText | null {
  const head = new RegExp(`^def ${name}\\(`, 'm').exec(text);
  if (head === null) return null;
  const open = head.index + head[0].length - 1;
  const close = closingBracket(text, open);
  if (close === null) return null;
  const colon = /^[^\n]*?:[ \t]*(?:#[^\n]*)?\r?\n/.exec(text.slice(close + 1));
  if (colon === null) return null;
  const start = close + 1 + colon[0].length;
  const first = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*([ \t]+)(?=\S)/.exec(text.slice(start));
  const indent = first?.[1];
  if (first === null || indent === undefined) return null;
  const statement = start + first[0].length;
  const docstring = /^[rRuU]?("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[ \t]*\r?\n/.exec(
    text.slice(statement),
  );
  const after = /\n(?=[^\s#)\]}])/.exec(text.slice(statement));
  const end = after === null ? text.length : statement + after.index + 1;
  return {
    parameters: parametersOf(text.slice(open + 1, close)),
    indent,
    body: docstring === null ? statement - indent.length : statement + docstring[0].length,
    end,
  };
}

/** Offset of the bracket that closes the one at `open`; null when the text ends before. Strings and comments are passed over. */
export function closingBracket(text: string, open: number): number | null {
  const token = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[()[\]{}]/g;
  token.lastIndex = open;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if ('([{'.includes(found[0])) depth += 1;
    else if (')]}'.includes(found[0])) depth -= 1;
    if (depth === 0) return found.index;
  }
  return null;
}

/** Inserts lines at the indentation of a function's body. */
export function insertLines(
  text: string,
  { indent }: Pick<FunctionText, 'indent'>,
  offset: number,
  lines: readonly string[],
): TextEdit {
  const newText = lines.map((line) => `${indent}${line}\n`).join('');
  return { range: rangeOf(text, offset, 0), newText };
}

/** A text as a Python literal: JSON strings are Python strings. */
export function literal(value: string | readonly string[]): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
}

function parametersOf(list: string): string[] {
  return list
    .replace(/#[^\n]*/g, '')
    .split(',')
    .map((part) => /^\s*(\w+)/.exec(part)?.[1] ?? '')
    .filter((name) => name !== '');
}
