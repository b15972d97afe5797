// read_rows(raw) of a table task: the base table with its parents and children, or the parts of an official split.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { TableSource } from '../../dataset/source.ts';
import type { Formulation } from '../formulation.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';
import { neededColumns, planOf } from './plan.ts';
import { constant, type Fragment, pyFunction } from './program.ts';
import { tableReader } from './reading.ts';
import { hasRaggedLines, readerOf, TableReaders } from './table-readers.ts';

type TableTask = Extract<Formulation['source'], { kind: 'table' }>;

const lookUp = pyFunction(
  'look_up(rows: pd.DataFrame, key: str, parent: pd.DataFrame, to: str, prefix: str) -> pd.DataFrame',
  'Adds the columns of the parent row that the key of each row leads to.',
  [
    'parent = parent[parent[to] != ""].drop_duplicates(to).set_index(to)',
    'return rows.join(parent.add_prefix(prefix), on=key).fillna("")',
  ],
);

const sumUp = pyFunction(
  'sum_up(rows: pd.DataFrame, key: str, child: pd.DataFrame, by: str, figures: dict[str, list]) -> pd.DataFrame',
  'Adds figures about the child rows that belong to each row: {name: [function, column]}.',
  [
    'for name, (function, column) in figures.items():',
    '    values = child[column] if function in ("size", "nunique") else pd.to_numeric(child[column], errors="coerce")',
    '    figure = rows[key].map(values.groupby(child[by]).agg(function))',
    '    if function in ("size", "nunique", "sum"):',
    '        figure = figure.fillna(0)  # no child rows at all',
    '    rows[name] = [f"{value:.12g}" if np.isfinite(value) else "" for value in figure]',
    'return rows',
  ],
);

const functions = { count: 'size', sum: 'sum', mean: 'mean', min: 'min', max: 'max', distinct: 'nunique' } as const;

/** The fragments with `read_rows(raw)`. */
export function tableRows(formulation: Formulation, source: TableTask, profile: DatasetProfile): Fragment[] {
  if (source.parts.length > 0) return officialParts(formulation, source, profile);
  if (source.lookups.length + source.aggregates.length > 0) return joined(formulation, source, profile);
  const needed = neededColumns(formulation);
  return [
    readerOf(source.table, profile, {
      name: 'read_rows',
      columnsName: 'COLUMNS',
      needed: columnsText(formulation, needed),
    }),
  ];
}

/** The needed columns in terms of the constants of the program. */
function columnsText(formulation: Formulation, needed: readonly string[]): string {
  const { known, history, trainItems, targetItems } = planOf(formulation);
  const listed = new Set([...known, ...history]);
  const renamed = formulation.target.columns.some((column) => column.name !== column.from);
  if (!renamed) for (const column of formulation.target.columns) listed.add(column.name);
  const others = needed.filter((name) => !listed.has(name)).map(pyString);
  return `[${[trainItems, ...(renamed ? [] : [targetItems]), ...others].join(', ')}]`;
}

/** Name of the column that tells the part; free of the task's own columns. */
export function partColumn(formulation: Formulation): string {
  const taken = new Set([...neededColumns(formulation), ...formulation.target.columns.map((column) => column.name)]);
  let name = 'part';
  while (taken.has(name)) name = `${name}_`;
  return name;
}

function officialParts(formulation: Formulation, source: TableTask, profile: DatasetProfile): Fragment[] {
  const needed = columnsText(formulation, neededColumns(formulation));
  const column = pyString(partColumn(formulation));
  const shape = ({ path: _path, ...rest }: TableSource) => JSON.stringify(rest);
  const same = source.parts.every((part) => shape(part.table) === shape(source.parts[0]?.table ?? part.table));
  const ragged = source.parts.some((part) => hasRaggedLines(part.table, profile));
  const first = source.parts[0];
  if (same && first !== undefined) {
    const reader = { name: 'read_part', columnsName: 'COLUMNS', needed, ragged, argument: 'name' };
    const files = Object.fromEntries(source.parts.map((part) => [part.table.path, part.part]));
    const all = pyFunction('read_rows(raw: Path) -> pd.DataFrame', 'The rows of all published parts.', [
      `parts = [read_part(raw, name).assign(**{${column}: part}) for name, part in PARTS.items()]`,
      'return pd.concat(parts, ignore_index=True)',
    ]);
    const reading = tableReader(first.table, reader);
    return [
      { constants: [constant('PARTS', files, 'validation rows join the training part')], functions: [all] },
      reading,
    ];
  }
  const readers = source.parts.map((part, index) =>
    readerOf(part.table, profile, {
      name: `read_${part.part}_${index + 1}`,
      columnsName: `COLUMNS_${index + 1}`,
      needed,
    }),
  );
  const calls = source.parts.map(
    (part, index) => `    read_${part.part}_${index + 1}(raw).assign(**{${column}: ${pyString(part.part)}}),`,
  );
  const all = pyFunction('read_rows(raw: Path) -> pd.DataFrame', 'The rows of all published parts.', [
    'parts = [',
    ...calls,
    ']',
    'return pd.concat(parts, ignore_index=True)',
  ]);
  return [{ functions: [all] }, ...readers];
}

function joined(formulation: Formulation, source: TableTask, profile: DatasetProfile): Fragment[] {
  const readers = new TableReaders(profile);
  const needed = new Set(neededColumns(formulation));
  for (const { from } of source.lookups) needed.add(from);
  for (const { to } of source.aggregates) needed.add(to);
  readers.need(
    source.table,
    source.table.columns.filter((name) => needed.has(name)),
  );
  for (const { table, to, columns } of source.lookups) readers.need(table, [to, ...columns]);
  for (const { table, from, outputs } of source.aggregates) {
    readers.need(table, [from, ...outputs.flatMap(({ column }) => (column === null ? [] : [column]))]);
  }
  const lines = [
    `rows = ${readers.call(source.table)}`,
    ...source.lookups.map(
      ({ table, from, to, prefix }) =>
        `rows = look_up(rows, ${pyString(from)}, ${readers.call(table)}, ${pyString(to)}, ${pyString(prefix)})`,
    ),
    ...source.aggregates.flatMap(({ table, from, to, outputs }) => [
      `figures = ${figures(from, outputs)}`,
      `rows = sum_up(rows, ${pyString(to)}, ${readers.call(table)}, ${pyString(from)}, figures)`,
    ]),
  ];
  const last = lines.at(-1)?.replace(/^rows = /, 'return ') ?? 'return rows';
  const doc = 'The rows of the base table with what other tables say about them.';
  return [
    {
      functions: [
        pyFunction('read_rows(raw: Path) -> pd.DataFrame', doc, [...lines.slice(0, -1), last]),
        ...(source.lookups.length > 0 ? [lookUp] : []),
        ...(source.aggregates.length > 0 ? [sumUp] : []),
      ],
    },
    ...readers.fragments(),
  ];
}

function figures(from: string, outputs: TableTask['aggregates'][number]['outputs']): string {
  const entries = outputs.map(({ name, function: what, column }) => [name, [functions[what], column ?? from]] as const);
  return pyLiteral(Object.fromEntries(entries), 14, 0).replaceAll('\n', '\n    ');
}
