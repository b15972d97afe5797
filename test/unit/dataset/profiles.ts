// Profiles for tests of the rules: say what matters, the rest is plain.
import type { ColumnProfile, DatasetProfile, TableProfile } from '../../../src/dataset/profile.ts';

type Column = Partial<ColumnProfile> & { readonly name: string };

export const rows = 1000;

/** A column of whole or broken numbers. */
export function numbers(name: string, minimum: number, maximum: number, more: Partial<ColumnProfile> = {}): Column {
  const distinct = more.distinct ?? 400;
  const middle = (minimum + maximum) / 2;
  return {
    name,
    kind: 'number',
    distinct,
    top: [{ value: String(middle), count: Math.ceil(rows / distinct) }],
    numeric: {
      minimum,
      maximum,
      mean: middle,
      sd: (maximum - minimum) / 4,
      skewness: 0,
      quantiles: [minimum, minimum, middle, middle, middle, maximum, maximum],
      zeros: 0,
      negatives: 0,
      atMinimum: 1,
      atMaximum: 1,
    },
    ...more,
  };
}

/** A column of words with the given counts. */
export function labels(
  name: string,
  counts: Readonly<Record<string, number>>,
  more: Partial<ColumnProfile> = {},
): Column {
  const top = Object.entries(counts).map(([value, count]) => ({ value, count }));
  const text = { meanCharacters: 6, maxCharacters: 12, meanWords: 1, withSpaces: 0 };
  return { name, kind: 'text', distinct: top.length, top, text, ...more };
}

/** A column of different values. */
export function unique(name: string, value: (at: number) => string, more: Partial<ColumnProfile> = {}): Column {
  const top = Array.from({ length: 50 }, (_, at) => ({ value: value(at), count: 1 }));
  const characters = Math.max(...top.map((entry) => entry.value.length));
  const words = value(1).split(' ').length;
  const text = {
    meanCharacters: characters,
    maxCharacters: characters,
    meanWords: words,
    withSpaces: words > 1 ? 1 : 0,
  };
  return { name, kind: 'text', distinct: rows, top, text, ...more };
}

/** A table of a thousand rows. */
export function table(columns: readonly Column[], more: Partial<TableProfile> = {}): TableProfile {
  return {
    id: 'data.csv',
    source: {
      format: 'delimited',
      path: 'data.csv',
      compression: 'none',
      member: null,
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      skipLines: 0,
      header: true,
      columns: columns.map((column) => column.name),
    },
    rows,
    columns: columns.map((column, index) => ({
      index,
      kind: 'text',
      missing: 0,
      missingCodes: [],
      distinct: 0,
      top: [],
      leadingZeros: false,
      bigIntegers: false,
      sorted: 'no',
      numeric: null,
      time: null,
      text: null,
      mediaPaths: null,
      ...column,
    })),
    duplicateRows: 0,
    keys: [],
    raggedLines: [],
    raggedCount: 0,
    part: null,
    aliases: [],
    sample: [],
    ...more,
  };
}

/** A dataset of some tables. */
export function dataset(tables: readonly TableProfile[], more: Partial<DatasetProfile> = {}): DatasetProfile {
  return {
    name: 'data',
    sha256: '0'.repeat(64),
    files: tables.length,
    bytes: 2048,
    tables: [...tables],
    relations: [],
    media: [],
    documents: [],
    problems: [],
    ...more,
  };
}
