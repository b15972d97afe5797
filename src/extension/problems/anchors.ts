// Where a range stands after an edit of its document, until the next verification says it anew.
import type { Range } from '../../task/findings.ts';

export interface Change {
  readonly range: Range;
  readonly text: string;
}

type Position = Range['start'];

/** The range after a change: moved by what comes before it, stretched by what is inside, shrunk by what is taken away. */
export function shifted(range: Range, { range: replaced, text }: Change): Range {
  const lines = text.split('\n');
  const last = lines.at(-1)?.length ?? 0;
  const inserted: Position = {
    line: replaced.start.line + lines.length - 1,
    character: lines.length === 1 ? replaced.start.character + last : last,
  };
  const move = (position: Position): Position => {
    if (isBefore(position, replaced.end)) return isBefore(replaced.start, position) ? inserted : position;
    return position.line === replaced.end.line
      ? { line: inserted.line, character: inserted.character + position.character - replaced.end.character }
      : { line: position.line + inserted.line - replaced.end.line, character: position.character };
  };
  const start = move(range.start);
  // Text typed directly behind a finding does not belong to it.
  const end = same(range.end, replaced.start) && !same(range.start, range.end) ? range.end : move(range.end);
  return { start, end: isBefore(end, start) ? start : end };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function same(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}
