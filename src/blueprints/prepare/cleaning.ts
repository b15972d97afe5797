// clean(rows): missing codes, the target, and the rows that cannot be used, each reason with a printed line.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { Formulation } from '../formulation.ts';
import { pyLiteral } from '../shared/python-literal.ts';
import { neededColumns, planOf, rowsColumn } from './plan.ts';
import { constant, type Fragment, pyFunction } from './program.ts';

/** Leaves rows out and says so; the pipeline records the printed lines in the manifest. */
export const drop = pyFunction(
  'drop(rows: pd.DataFrame, unwanted: pd.Series, reason: str) -> pd.DataFrame',
  'Leaves rows out and says how many and why.',
  [
    'if unwanted.any():',
    '    print(f"dropped {unwanted.sum()} rows: {reason}")',
    'return rows[~unwanted].reset_index(drop=True)',
  ],
);

export function cleaning(formulation: Formulation, profile: DatasetProfile): Fragment {
  const codes = missingCodes(formulation);
  const { transform } = formulation.target;
  const constants = [
    ...(codes === null ? [] : [constant('MISSING_CODES', codes)]),
    ...(transform.kind === 'bins' ? [constant('EDGES', transform.edges), constant('LEVELS', transform.labels)] : []),
  ];
  const lines = [
    ...(codes === null
      ? []
      : ['for name, codes in MISSING_CODES.items():', '    rows[name] = rows[name].mask(rows[name].isin(codes), "")']),
    ...targetLines(formulation),
    ...lineBreakLines(formulation, profile),
    ...timeLines(formulation),
    ...duplicateLines(formulation),
  ];
  return {
    constants,
    functions: [
      pyFunction(
        'clean(rows: pd.DataFrame) -> pd.DataFrame',
        'The rows that the task can use, with their target.',
        ended(lines),
      ),
      drop,
    ],
  };
}

function missingCodes(formulation: Formulation): Record<string, string[]> | null {
  const { source } = formulation;
  if (source.kind !== 'table') return null;
  const needed = new Set(neededColumns(formulation));
  const used = Object.entries(source.missingCodes).filter(([name, codes]) => codes.length > 0 && needed.has(name));
  return used.length === 0 ? null : Object.fromEntries(used);
}

/** The lines with their result returned. */
function ended(lines: readonly string[]): string[] {
  const last = lines.at(-1) ?? '';
  const assignment = 'rows = ';
  return last.startsWith(assignment)
    ? [...lines.slice(0, -1), `return ${last.slice(assignment.length)}`]
    : [...lines, 'return rows'];
}

function targetLines({ target, rows }: Formulation): string[] {
  const { columns, transform, classes } = target;
  const renamed = columns
    .filter((column) => column.name !== column.from)
    .map(({ name, from }) => `${columns.length === 1 ? 'rows[TARGET]' : rowsColumn(name)} = ${rowsColumn(from)}`);
  if (columns.length > 1) {
    return [
      ...renamed,
      'numbers = rows[TARGETS].apply(pd.to_numeric, errors="coerce")',
      'rows = drop(rows, ~np.isfinite(numbers).all(axis=1), "a target is missing")',
    ];
  }
  if (transform.kind === 'bins') {
    return [
      ...renamed,
      'numbers = pd.to_numeric(rows[TARGET], errors="coerce")',
      'rows = drop(rows, ~np.isfinite(numbers), "the target is missing")',
      '# Level i holds EDGES[i - 1] <= number < EDGES[i].',
      'rows[TARGET] = np.array(LEVELS, dtype=object)[np.digitize(pd.to_numeric(rows[TARGET]), EDGES)]',
    ];
  }
  if (classes === null) {
    return [
      ...renamed,
      'numbers = pd.to_numeric(rows[TARGET], errors="coerce")',
      'rows = drop(rows, ~np.isfinite(numbers), "the target is missing")',
    ];
  }
  return [
    ...renamed,
    'rows = drop(rows, rows[TARGET] == "", "the target is missing")',
    ...(rows.droppedClasses.length === 0
      ? []
      : ['rows = drop(rows, ~rows[TARGET].isin(CLASSES), "the class has too few rows to be learnt and scored")']),
  ];
}

/**
 * Line breaks inside the cells of text columns, and of others where the profile shows some. Python's csv module before
 * 3.13 writes a lone carriage return unquoted, which breaks the row; typed formats are mended where they are read.
 */
function lineBreakLines({ source, features }: Formulation, profile: DatasetProfile): string[] {
  if (source.kind === 'table' && source.table.format !== 'delimited' && source.table.format !== 'arff') return [];
  const broken = new Set(
    profile.tables.flatMap(({ columns }) =>
      columns.filter(({ top }) => top.some(({ value }) => value.includes('\r'))).map(({ name }) => name),
    ),
  );
  const names = features.kept.filter(({ kind, name }) => kind === 'text' || broken.has(name)).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `for name in ${pyLiteral(names, 12, 4)}:`,
    '    rows[name] = rows[name].str.replace(r"\\r\\n?", "\\n", regex=True)  # one kind of line break',
  ];
}

function timeLines({ split }: Formulation): string[] {
  if (split.kind !== 'time' || split.time === null) return [];
  return ['rows = drop(rows, read_times(rows[TIME]).isna(), "the time is missing")'];
}

function duplicateLines(formulation: Formulation): string[] {
  if (!formulation.rows.dropDuplicates) return [];
  const { source } = formulation;
  const { trainItems, targetItems } = planOf(formulation);
  if (source.kind === 'media' && source.media !== 'text') {
    return [
      'repeated = rows.duplicated(["digest", TARGET])',
      'rows = drop(rows, repeated, "the file repeats an earlier one")',
      'rows = drop(rows, rows.duplicated("digest", keep=False), "files of equal content have different labels")',
    ];
  }
  const lines = [
    `rows = drop(rows, rows.duplicated([${trainItems}, ${targetItems}]), "the row repeats an earlier one")`,
  ];
  if (dropsContradictions(formulation))
    lines.push('rows = drop(rows, rows.duplicated(FEATURES, keep=False), "equal texts have different labels")');
  return lines;
}

/** Equal rows of a table may well differ in the outcome; one text with two labels is a mistake in the labels. */
export function dropsContradictions({ rows, features, target }: Formulation): boolean {
  const [first] = features.kept;
  return rows.dropDuplicates && features.kept.length === 1 && first?.kind === 'text' && target.classes !== null;
}

/** Whether rows carry a `digest` of the content of their file. */
export function needsDigest({ source, rows, split }: Formulation): boolean {
  return (
    source.kind === 'media' && source.media !== 'text' && (rows.dropDuplicates || split.together.key === 'content')
  );
}
