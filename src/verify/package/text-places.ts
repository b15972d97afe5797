// From an offset in a text to lines and characters.
import type { Range } from '../../task/findings.ts';

/** The range of `length` characters from `offset`, in lines and UTF-16 characters. */
export function rangeOf(text: string, offset: number, length: number): Range {
  return { start: positionAt(text, offset), end: positionAt(text, offset + length) };
}

function positionAt(text: string, offset: number): Range['start'] {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, character: offset - lineStart };
}
