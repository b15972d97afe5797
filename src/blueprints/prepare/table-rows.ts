// load(raw) of a table task: the base table with its parents and children, or the parts of an official split.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { TableSource } from '../../dataset/source.ts';
import { tableId } from '../../dataset/source.ts';
import type { Formulation } from '../formulation.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';
import { readingOf } from './reading.ts';

type TableTask = Extract<Formulation['source'], { kind: 'table' }>;

const lookUp = `def look_up(rows: pd.DataFrame, key: str, parent: pd.DataFrame, to: str, columns: list[str], prefix: str) -> None:
    """Adds columns of the parent row that the key leads to."""
    parent = parent.drop_duplicates(to).set_index(to)
    for column in columns:
        rows[prefix + column] = rows[key].map(parent[column]).fillna("")`;

const sumUp = `def sum_up(rows: pd.DataFrame, key: str, child: pd.DataFrame, by: str, name: str, function: str, column: str | None) -> None:
    """Adds one figure about the child rows that belong to each row."""
    groups = child[by]
    if function == "count":
        values = groups.value_counts()
    elif function == "distinct":
        values = child.groupby(by)[column].nunique()
    else:
        values = pd.to_numeric(child[column], errors="coerce").groupby(groups).agg(function)
    empty = 0 if function in ("count", "distinct", "sum") else np.nan
    figures = rows[key].map(values).fillna(empty)
    rows[name] = [repr(float(value)) if np.isfinite(value) else "" for value in figures]`;

/** Reads tables under short names; a table that is used twice is read by one function. */
class Readers {
  readonly fragments: Fragment[] = [];
  readonly #names = new Map<string, string>();
  readonly #profile: DatasetProfile;

  constructor(profile: DatasetProfile) {
    this.#profile = profile;
  }

  /** The call that reads a table. */
  call(source: TableSource, wanted: string): string {
    const key = JSON.stringify(source);
    let name = this.#names.get(key);
    if (name === undefined) {
      name = this.#free(wanted);
      this.#names.set(key, name);
      const ragged = this.#profile.tables.some((table) => table.id === tableId(source) && table.raggedCount > 0);
      this.fragments.push(readingOf(source, `read_${name}`, `${name.toUpperCase()}_COLUMNS`, ragged));
    }
    return `read_${name}(raw)`;
  }

  #free(wanted: string): string {
    const base =
      wanted
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .replace(/^(?=\d)/, 't_') || 'table';
    const taken = new Set(this.#names.values());
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base}_${number}`;
      if (!taken.has(name)) return name;
    }
  }
}

function shortName(source: TableSource): string {
  if (source.format === 'sqlite') return source.table;
  return (
    (source.member ?? source.path)
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]*$/, '') ?? 'table'
  );
}

/** The fragment with `load(raw)`; official parts come with a column `__part`. */
export function tableRows(source: TableTask, profile: DatasetProfile): Fragment[] {
  const readers = new Readers(profile);
  const lines: string[] = [];
  const helpers: string[] = [];
  if (source.parts.length === 0) {
    lines.push(
      `rows = ${readers.call(source.table, source.lookups.length + source.aggregates.length > 0 ? shortName(source.table) : 'table')}`,
    );
  } else {
    const parts = source.parts.map(
      (part) => `${readers.call(part.table, part.part)}.assign(__part=${pyString(part.part)})`,
    );
    lines.push(
      'rows = pd.concat(',
      '    [',
      ...parts.map((part) => `        ${part},`),
      '    ],',
      '    ignore_index=True,',
      ').fillna("")',
    );
  }
  const codes = Object.entries(source.missingCodes).filter(([, list]) => list.length > 0);
  if (codes.length > 0)
    lines.push(
      'for column, codes in MISSING_CODES.items():',
      '    rows[column] = rows[column].mask(rows[column].isin(codes), "")',
    );
  for (const lookup of source.lookups) {
    helpers.push(lookUp);
    const parent = readers.call(lookup.table, shortName(lookup.table));
    lines.push(
      `look_up(rows, ${pyString(lookup.from)}, ${parent}, ${pyString(lookup.to)}, ${pyLiteral(lookup.columns)}, ${pyString(lookup.prefix)})`,
    );
  }
  for (const aggregate of source.aggregates) {
    helpers.push(sumUp);
    const child = readers.call(aggregate.table, shortName(aggregate.table));
    for (const output of aggregate.outputs) {
      const column = output.column === null ? 'None' : pyString(output.column);
      lines.push(
        `sum_up(rows, ${pyString(aggregate.to)}, ${child}, ${pyString(aggregate.from)}, ${pyString(output.name)}, ${pyString(output.function)}, ${column})`,
      );
    }
  }
  const load = `def load(raw: Path) -> pd.DataFrame:\n    """All rows of the raw data as text."""\n${lines.map((line) => `    ${line}`).join('\n')}\n    return rows`;
  const constants = codes.length === 0 ? [] : ([['MISSING_CODES', Object.fromEntries(codes)]] as const);
  return [...readers.fragments, { constants, functions: [...helpers, load] }];
}
