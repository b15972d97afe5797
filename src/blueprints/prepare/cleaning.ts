// clean(rows): the target is derived, and rows that cannot be used are left out, each kind with a printed line.
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';

const keep = `def keep(rows: pd.DataFrame, good: pd.Series, reason: str) -> pd.DataFrame:
    """The good rows; says how many are left out and why."""
    if not good.all():
        print(f"dropped {(~good).sum()} rows: {reason}")
    return rows[good].reset_index(drop=True)`;

export function cleaning(formulation: Formulation): Fragment {
  const { target, rows, split } = formulation;
  const lines: string[] = [];
  const names = target.columns.map((column) => column.name);
  for (const column of target.columns) {
    if (column.name !== column.from) lines.push(`rows[${pyString(column.name)}] = rows[${pyString(column.from)}]`);
  }
  if (target.classes === null || target.transform.kind === 'bins') {
    lines.push('numbers = rows[TARGETS].apply(pd.to_numeric, errors="coerce").replace([np.inf, -np.inf], np.nan)');
    lines.push('rows = keep(rows, numbers.notna().all(axis=1), "no value of the target")');
  } else {
    lines.push('rows = keep(rows, (rows[TARGETS] != "").all(axis=1), "no value of the target")');
  }
  const constants: [string, string | number | readonly (string | number)[]][] = [];
  if (target.transform.kind === 'bins') {
    constants.push(['EDGES', target.transform.edges], ['LEVELS', target.transform.labels]);
    lines.push(
      'levels = np.digitize(rows[TARGETS[0]].astype(float), EDGES)',
      'rows[TARGETS[0]] = [LEVELS[level] for level in levels]',
    );
  }
  if (target.classes !== null) {
    constants.push(['CLASSES', target.classes]);
    if (target.transform.kind === 'none')
      lines.push('rows = keep(rows, rows[TARGETS[0]].isin(CLASSES), "the class is too small to be learnt and scored")');
  }
  if (split.time !== null)
    lines.push(`rows = keep(rows, moments(rows[${pyString(split.time.column)}]).notna(), "no time")`);
  if (rows.dropDuplicates) lines.push(...repeats(formulation));
  const doc = 'The rows of the task with their target.';
  const body = lines.map((line) => `    ${line}`).join('\n');
  return {
    imports: repeatsOfFiles(formulation) ? ['import hashlib'] : [],
    constants: [['TARGETS', names], ...constants],
    functions: [keep, `def clean(rows: pd.DataFrame) -> pd.DataFrame:\n    """${doc}"""\n${body}\n    return rows`],
  };
}

function repeatsOfFiles(formulation: Formulation): boolean {
  return formulation.rows.dropDuplicates && formulation.source.kind === 'media' && formulation.source.media !== 'text';
}

function repeats(formulation: Formulation): string[] {
  if (repeatsOfFiles(formulation)) {
    return [
      'content = rows["path"].map(lambda path: hashlib.sha256(Path(path).read_bytes()).hexdigest())',
      'rows = keep(rows, ~content.duplicated(), "a file of equal content comes earlier")',
    ];
  }
  return ['rows = keep(rows, ~rows.duplicated(FEATURES + TARGETS), "an earlier row agrees in everything")'];
}
