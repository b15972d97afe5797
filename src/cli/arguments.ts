// Command-line arguments, strictly: what is not understood is refused with the nearest thing that would be.
import { parseArgs } from 'node:util';
import { ForgeError } from '../task/errors.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Placeholder of the value in the help. */
  readonly value?: string;
  readonly help: string;
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface Arguments {
  readonly positionals: readonly string[];
  /** Value of an option; undefined when it was not given. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  /** A whole number of at least `minimum`. */
  integer(name: string, fallback: number, minimum: number): number;
  /** Comma-separated words; undefined when the option was not given. */
  list(name: string): readonly string[] | undefined;
}

export const commonOptions: OptionSpecs = {
  json: { type: 'boolean', help: 'one JSON document (or JSON Lines) on stdout, nothing else' },
  quiet: { type: 'boolean', help: 'no progress and no remarks' },
  'no-color': { type: 'boolean', help: 'no colours' },
  help: { type: 'boolean', short: 'h', help: 'this help' },
};

/** @throws ForgeError `USAGE` for unknown options and missing values. */
export function parseArguments(argv: readonly string[], specs: OptionSpecs): Arguments {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short }]) => [name, { type, ...(short === undefined ? {} : { short }) }]),
  );
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, specs);
    if (spec.type === 'string' && token.value === undefined) {
      throw usage(`${token.rawName} needs a value.`, `Write ${token.rawName} ${spec.value ?? 'VALUE'}.`);
    }
    if (spec.type === 'boolean' && token.value !== undefined)
      throw usage(`${token.rawName} takes no value.`, `Write ${token.rawName}.`);
  }
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    text,
    flag: (name) => values[name] === true,
    integer(name, fallback, minimum) {
      const given = text(name);
      if (given === undefined) return fallback;
      const number = Number(given);
      if (/^[+-]?\d+$/.test(given) && Number.isSafeInteger(number) && number >= minimum) return number;
      throw usage(
        `--${name} must be a whole number of at least ${minimum}, not ${JSON.stringify(given)}.`,
        `Write for instance --${name} ${fallback}.`,
      );
    },
    list: (name) =>
      text(name)
        ?.split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
  };
}

export function usage(message: string, remedy: string): ForgeError {
  return new ForgeError('USAGE', message, remedy);
}

function unknownOption(given: string, specs: OptionSpecs): ForgeError {
  const near = nearest(given.replace(/^-+/, ''), Object.keys(specs));
  const remedy = near === null ? 'See --help for the options.' : `Did you mean --${near}?`;
  return usage(`Unknown option ${given}.`, `${remedy} A name that begins with a dash goes after "--".`);
}

/** The word that `word` begins, else the one that takes the fewest edits to become; null when none is similar. */
export function nearest(word: string, words: readonly string[]): string | null {
  const completed = word.length > 1 ? words.find((other) => other.startsWith(word)) : undefined;
  if (completed !== undefined) return completed;
  const ranked = words.map((other) => ({ other, edits: edits(word, other) })).sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best === undefined) return null;
  return best.edits <= Math.max(1, Math.floor(best.other.length / 3)) ? best.other : null;
}

/** Levenshtein distance: https://en.wikipedia.org/wiki/Levenshtein_distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
