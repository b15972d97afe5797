// How held-out predictions are made: the folds resemble the split of the task, or the mix would be chosen for another question.
import type { Feature, Formulation } from '../formulation.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';

/** What the split keeps together, as far as competitors can see it. */
export type SplitKey =
  | { readonly by: 'time'; readonly column: string; readonly date: boolean }
  | { readonly by: 'grid'; readonly latitude: string; readonly longitude: string; readonly degrees: number }
  | { readonly by: 'columns'; readonly columns: readonly string[] }
  /** The key is not in the public files; one of these columns may stand in for it. */
  | { readonly by: 'hidden'; readonly columns: readonly string[] };

/** The key of the split, or null when rows are independent or competitors cannot see how they depend. */
export function splitKey({ split }: Formulation, features: readonly Feature[]): SplitKey | null {
  const known = new Map(features.map(({ name, kind }) => [name, kind]));
  if (split.time !== null) {
    const { column } = split.time;
    return known.has(column) ? { by: 'time', column, date: known.get(column) === 'datetime' } : null;
  }
  const { together } = split;
  if (together.key === 'columns') {
    if (together.columns.every((name) => known.has(name))) return { by: 'columns', columns: together.columns };
    const columns = features.filter(({ kind }) => kind === 'category' || kind === 'text').map(({ name }) => name);
    return columns.length > 0 ? { by: 'hidden', columns } : null;
  }
  if (together.key === 'grid' && known.has(together.latitude) && known.has(together.longitude)) {
    return { by: 'grid', latitude: together.latitude, longitude: together.longitude, degrees: together.degrees };
  }
  return null;
}

/** Lines that set `held_out`, the predictions of each model of `pair` for rows that it has not seen. */
export function heldOut(key: SplitKey | null, target: 'labels' | 'y'): string {
  const labels = target === 'labels';
  const method = labels ? ', method="predict_proba"' : '';
  const kind = `${labels ? 'Stratified' : ''}${key === null ? '' : 'Group'}KFold`;
  const keys = key === null ? '' : '    keys = split_keys(train)\n';
  const groups = key === null ? '' : 'groups=keys, ';
  return `${keys}    folds = ${kind}(4, shuffle=True, random_state=SEED)
    held_out = [cross_val_predict(model, rows, ${target}, ${groups}cv=folds${method}) for model in pair]
`;
}

/** Whether the test part holds other groups than train, so that a large group must not count for more than a small one. */
export function groupsCountAlike(key: SplitKey | null): boolean {
  return key !== null && key.by !== 'time';
}

/** `split_keys(table)`, where the split has a key. */
export function splitKeys(key: SplitKey | null): string[] {
  if (key === null) return [];
  if (key.by === 'hidden') return [hiddenKeys(key.columns)];
  const [doc, keys] = keysOf(key);
  return [
    `def split_keys(table: pd.DataFrame) -> pd.Series:
    """${doc}, as in the split of the task: rows of one key share a fold."""
    keys = ${keys}
    return keys if keys.nunique() >= 8 else pd.Series(range(len(table)))
`,
  ];
}

/** A column whose values repeat and have many levels (an album, a street) goes with the entity that is kept together. */
function hiddenKeys(columns: readonly string[]): string {
  return `def split_keys(table: pd.DataFrame) -> pd.Series:
    """Stand-in for the key of the split, which is not public: the column of most levels among those that repeat."""
    levels = table[${pyLiteral(columns, 19, 4)}].nunique()
    levels = levels[(levels >= 8) & (levels <= len(table) / 2)]
    return table[levels.idxmax()] if len(levels) else pd.Series(range(len(table)))
`;
}

function keysOf(key: Exclude<SplitKey, { by: 'hidden' }>): [doc: string, keys: string] {
  switch (key.by) {
    case 'time': {
      const column = `table[${pyString(key.column)}]`;
      const time = key.date ? `parse_dates(${column})` : `pd.to_numeric(${column}, errors="coerce")`;
      return ['Eight periods of time', `pd.qcut(${time}.rank(method="first"), 8, labels=False).fillna(-1)`];
    }
    case 'grid': {
      const block = (name: string) => `(pd.to_numeric(table[${pyString(name)}]) // ${key.degrees}).astype(str)`;
      return ['Square blocks of the map', `${block(key.latitude)} + " " + ${block(key.longitude)}`];
    }
    case 'columns':
      return ['Groups of rows', `table[${pyLiteral(key.columns)}].agg(" / ".join, axis=1)`];
  }
}
