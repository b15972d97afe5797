// Where each entry of a JSON text stands, and where the text breaks. JSON.parse tells neither.
import { fileStart, type Range } from '../../task/findings.ts';
import { rangeOf } from './text-places.ts';

export interface JsonPlaces {
  /** Where the text stops being JSON, with what was expected there; null when it is well formed. */
  readonly problem: { readonly message: string; readonly range: Range } | null;
  /** The key of an entry (the value of a list item), or its nearest enclosing entry that is written. */
  at(path: readonly (string | number)[]): Range;
  /** Offset and length of the value of an entry as it is written; null when it is not there. */
  value(path: readonly (string | number)[]): Span | null;
}

type Path = readonly (string | number)[];
/** Lines are counted only for the few entries that somebody asks for. */
export type Span = { readonly start: number; readonly length: number };

class SyntaxProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Finds every entry of a JSON text. A text that is not JSON keeps the places before its first problem. */
export function locateJson(text: string): JsonPlaces {
  const places = new Map<string, Span>();
  const values = new Map<string, Span>();
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  let problem: JsonPlaces['problem'] = null;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0] ?? null;
    offset += found?.length ?? 0;
    return found;
  };
  const skip = (): void => void take(SPACE);
  const expect = (character: string, where: string): void => {
    skip();
    if (text[offset] !== character) throw new SyntaxProblem(`Expected "${character}" ${where}`, offset);
    offset += 1;
  };
  const note = (path: Path, start: number): void => void places.set(key(path), { start, length: offset - start });

  const value = (path: Path): void => {
    skip();
    const start = offset;
    if (text[offset] === '{') object(path);
    else if (text[offset] === '[') list(path);
    else if (take(STRING) === null && take(SCALAR) === null) throw new SyntaxProblem('Expected a value', offset);
    values.set(key(path), { start, length: offset - start });
    if (typeof path.at(-1) === 'number') note(path, start);
  };
  const object = (path: Path): void => {
    offset += 1;
    skip();
    if (text[offset] === '}') offset += 1;
    else {
      do {
        skip();
        const start = offset;
        const name = take(STRING);
        if (name === null) throw new SyntaxProblem('Expected a key in double quotes', offset);
        const child = [...path, JSON.parse(name) as string];
        note(child, start);
        expect(':', `after the key ${name}`);
        value(child);
        skip();
      } while (text[offset] === ',' && ++offset);
      expect('}', 'or "," after an entry');
    }
  };
  const list = (path: Path): void => {
    offset += 1;
    skip();
    if (text[offset] === ']') offset += 1;
    else {
      let index = 0;
      do {
        value([...path, index]);
        index += 1;
        skip();
      } while (text[offset] === ',' && ++offset);
      expect(']', 'or "," after an item');
    }
  };

  try {
    value([]);
    skip();
    if (offset < text.length) throw new SyntaxProblem('Expected the end of the document', offset);
  } catch (error) {
    // A document nested too deeply for the stack is a problem of the document, too.
    if (error instanceof SyntaxProblem) problem = { message: error.message, range: rangeOf(text, error.offset, 1) };
    else if (error instanceof RangeError) problem = { message: 'Nested too deeply', range: fileStart };
    else throw error;
  }
  return {
    problem,
    at(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const place = places.get(key(path.slice(0, length)));
        if (place !== undefined) return rangeOf(text, place.start, place.length);
      }
      return fileStart;
    },
    value: (path) => values.get(key(path)) ?? null,
  };
}

function key(path: Path): string {
  return JSON.stringify(path);
}
