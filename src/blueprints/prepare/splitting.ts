// choose_test(rows, rng): which rows are the test part.
import type { Formulation } from '../formulation.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';
import { dropsContradictions, needsDigest } from './cleaning.ts';
import { rowsColumn } from './plan.ts';
import { constant, type Fragment, pyFunction } from './program.ts';
import { partColumn } from './table-rows.ts';

const signature = 'choose_test(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray';

/** What is done about rows of a table that agree in all features but not in the target. */
export type TwinRule = 'none' | 'follow' | 'drop';

export interface Splitting extends Fragment {
  /** The call that gives a boolean array. */
  readonly call: string;
  /** Whether a class may end up in the test part alone. */
  readonly mayLoseClasses: boolean;
}

/**
 * A test row with a twin in the training part is half answered. Where rows are dealt one by one, twins follow the first
 * of them; where the sides are given by groups, time or the publisher, the training row is left out.
 */
export function twinRule(formulation: Formulation): TwinRule {
  const { source, rows, split, objective, features } = formulation;
  if (source.kind !== 'table' || !rows.dropDuplicates || objective === 'forecasting') return 'none';
  if (dropsContradictions(formulation)) return 'none';
  const shown = new Set(features.kept.map((feature) => feature.name));
  if (split.kind === 'time') return split.time !== null && shown.has(split.time.column) ? 'none' : 'drop';
  if (split.kind === 'official') return 'drop';
  switch (split.together.key) {
    case 'none':
      return 'follow';
    case 'columns':
      return split.together.columns.every((name) => shown.has(name)) ? 'none' : 'drop';
    default:
      return 'none'; // the key is made of the features themselves
  }
}

export function splitting(formulation: Formulation): Splitting {
  const { split, target } = formulation;
  if (split.kind === 'official') return official(formulation);
  if (split.kind === 'time' && split.time !== null) return byTime(split.time);
  const groups = groupsOf(formulation);
  if (groups !== null) return byGroup(groups, target.classes !== null);
  return split.kind === 'stratified' && target.classes !== null ? stratified : random;
}

function official(formulation: Formulation): Splitting {
  return {
    functions: [],
    call: `(${rowsColumn(partColumn(formulation))} == "test").to_numpy()`,
    mayLoseClasses: true,
  };
}

const random: Splitting = {
  functions: [
    pyFunction(signature, 'A random part of the rows.', [
      'return rng.permutation(len(rows)) < round(TEST_FRACTION * len(rows))',
    ]),
  ],
  call: 'choose_test(rows, rng)',
  mayLoseClasses: true,
};

const stratified: Splitting = {
  functions: [
    pyFunction(signature, 'The same random share of every class; each class keeps at least one row for training.', [
      'in_test = np.zeros(len(rows), dtype=bool)',
      'for label in CLASSES:',
      '    members = rng.permutation(np.flatnonzero(rows[TARGET] == label))',
      '    in_test[members[: min(round(TEST_FRACTION * len(members)), len(members) - 1)]] = True',
      'return in_test',
    ]),
  ],
  call: 'choose_test(rows, rng)',
  mayLoseClasses: false,
};

function byTime({ column, format }: NonNullable<Formulation['split']['time']>): Splitting {
  return {
    constants: [constant('TIME', column)],
    functions: [
      pyFunction(
        'choose_test(rows: pd.DataFrame) -> np.ndarray',
        'The latest rows; rows of one time stay on one side.',
        [
          'times = read_times(rows[TIME])',
          'shares = times.value_counts(normalize=True).sort_index(ascending=False).cumsum()  # from this time on',
          'first = (shares.iloc[:-1] - TEST_FRACTION).abs().idxmin()',
          'return (times >= first).to_numpy()',
        ],
      ),
      pyFunction('read_times(values: pd.Series) -> pd.Series', 'Times that can be compared; NaT where there is none.', [
        `return ${timeReading(format)}`,
      ]),
    ],
    call: 'choose_test(rows)',
    mayLoseClasses: true,
  };
}

function timeReading(format: string): string {
  if (format === 'epoch-s' || format === 'epoch-ms') {
    const unit = format === 'epoch-s' ? 's' : 'ms';
    return `pd.to_datetime(pd.to_numeric(values, errors="coerce"), unit="${unit}", utc=True, errors="coerce")`;
  }
  return `pd.to_datetime(values, format=${format === 'iso' ? '"ISO8601"' : pyString(format)}, utc=True, errors="coerce")`;
}

/** Lines of find_groups(rows), which end in a return, and what a group is. */
interface Groups {
  readonly doc: string;
  readonly lines: readonly string[];
  readonly constants?: readonly string[];
}

function groupsOf(formulation: Formulation): Groups | null {
  const { together } = formulation.split;
  const text = formulation.source.kind === 'media' && formulation.source.media === 'text';
  switch (together.key) {
    case 'none':
      return null;
    case 'columns':
      return {
        doc: 'A number for each combination of GROUP; rows without one are groups of their own.',
        constants: [constant('GROUP', together.columns)],
        lines: [
          'groups = rows.groupby(GROUP, sort=False).ngroup()',
          'return groups.mask((rows[GROUP] == "").all(axis=1), -1 - rows.index.to_series())',
        ],
      };
    case 'normalized-text':
      return {
        doc: 'The text in lower case, without punctuation and repeated white space.',
        lines: [`return ${normalized(rowsColumn(together.column))}`],
      };
    case 'grid':
      return {
        doc: 'The block of the map that each row lies in.',
        constants: [`BLOCK_DEGREES = ${together.degrees}`],
        lines: [
          `place = rows[${pyLiteral([together.latitude, together.longitude], 20)}].apply(pd.to_numeric, errors="coerce")`,
          'blocks = np.floor(place / BLOCK_DEGREES).astype(str)',
          'return blocks.agg(" ".join, axis=1)',
        ],
      };
    case 'content':
      return {
        doc: text ? 'Equal texts are one group.' : 'Files of equal content are one group.',
        lines: [text ? 'return rows["text"]' : 'return rows["digest"]'],
      };
    case 'name-run':
      return {
        doc: `Runs of ${together.length} consecutive numbers in the names of the files; files without one are alone.`,
        constants: [`RUN_LENGTH = ${together.length}`],
        lines: [
          'stems = rows["path"].str.split("/").str[-1].str.replace(r"\\.[^.]*$", "", regex=True)',
          `numbers = pd.to_numeric(stems.str.extract(${pyString(together.pattern)})[0], errors="coerce")`,
          'return (numbers // RUN_LENGTH).fillna(-1 - rows.index.to_series())',
        ],
      };
  }
}

function normalized(column: string): string {
  return `${column}.str.lower().str.replace(r"[^\\w\\s]", "", regex=True).str.split().str.join(" ")`;
}

const byClass = [
  'groups = find_groups(rows)',
  'counts = pd.crosstab(groups, rows[TARGET])',
  'sizes, total = counts.to_numpy(), counts.sum().to_numpy()',
  '',
  'def distance(taken: np.ndarray) -> float:',
  '    shares = np.append(taken / total, np.full(len(total), taken.sum() / total.sum()))',
  '    return float(np.abs(shares - TEST_FRACTION).sum())',
  '',
  'taken, chosen = np.zeros_like(total), []',
  'for group in rng.permutation(len(sizes)):',
  '    more = taken + sizes[group]',
  '    if distance(more) < distance(taken) and (more < total).all():  # some of each class is left to learn from',
  '        taken = more',
  '        chosen.append(group)',
  'return groups.isin(counts.index[chosen]).to_numpy()',
];

const bySize = [
  'groups = find_groups(rows)',
  'sizes = groups.value_counts(sort=False).sort_index()',
  'wanted, taken, chosen = TEST_FRACTION * len(rows), 0, []',
  'for group in rng.permutation(len(sizes)):',
  '    more = taken + sizes.iloc[group]',
  '    if abs(more - wanted) < abs(taken - wanted) and more < len(rows):',
  '        taken = more',
  '        chosen.append(group)',
  'return groups.isin(sizes.index[chosen]).to_numpy()',
];

function byGroup({ doc, lines, constants = [] }: Groups, classes: boolean): Splitting {
  const what = classes
    ? 'Whole groups in random order, each taken if it brings the test part closer to its share of rows and classes.'
    : 'Whole groups in random order, each taken if it brings the test part closer to its size.';
  const chosen = pyFunction(signature, what, classes ? byClass : bySize);
  return {
    constants,
    functions: [chosen, pyFunction('find_groups(rows: pd.DataFrame) -> pd.Series', doc, lines)],
    call: 'choose_test(rows, rng)',
    mayLoseClasses: false,
  };
}

/** The line that adds the digest of each file's content. */
export function digestLines(formulation: Formulation): string[] {
  if (!needsDigest(formulation)) return [];
  return ['rows["digest"] = [hashlib.sha256((raw / path).read_bytes()).hexdigest() for path in rows["path"]]'];
}
