// split(rows): a mask that is true for the rows of the test part.
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';

/** Seeded draws among which a grouped split chooses: enough that sizes and classes come out alike. */
const draws = 200;

/** The name under which a raw column stands when the split runs. */
type Rename = (raw: string) => string;

export function splitting(formulation: Formulation): Fragment {
  const { split } = formulation;
  if (split.kind === 'official') return official;
  if (split.kind === 'time' && split.time !== null) return byTime(split.time.column, split.time.format);
  const key = keyOf(formulation, (column) => column);
  if (key !== null) return grouped(key, formulation);
  return split.kind === 'stratified' && formulation.target.classes !== null ? stratified : random;
}

const official: Fragment = {
  functions: [
    `def split(rows: pd.DataFrame) -> np.ndarray:
    """The parts as published; validation rows join the training part."""
    return (rows["__part"] == "test").to_numpy()`,
  ],
};

const random: Fragment = {
  functions: [
    `def split(rows: pd.DataFrame) -> np.ndarray:
    """A random share of the rows."""
    order = np.random.default_rng([SEED, 1]).permutation(len(rows))
    return order < round(TEST_FRACTION * len(rows))`,
  ],
};

const stratified: Fragment = {
  functions: [
    `def split(rows: pd.DataFrame) -> np.ndarray:
    """The same share of every class."""
    generator = np.random.default_rng([SEED, 1])
    test = np.zeros(len(rows), dtype=bool)
    for _, places in sorted(rows.groupby(TARGETS[0]).indices.items()):
        chosen = generator.permutation(places)[: round(TEST_FRACTION * len(places))]
        test[chosen] = True
    return test`,
  ],
};

const moments: Readonly<Record<string, string>> = {
  iso: 'pd.to_datetime(values, format="ISO8601", utc=True, errors="coerce")',
  'epoch-s': 'pd.to_datetime(pd.to_numeric(values, errors="coerce"), unit="s", utc=True)',
  'epoch-ms': 'pd.to_datetime(pd.to_numeric(values, errors="coerce"), unit="ms", utc=True)',
};

function byTime(column: string, format: string): Fragment {
  const reading = moments[format] ?? `pd.to_datetime(values, format=${pyString(format)}, utc=True, errors="coerce")`;
  return {
    functions: [
      `def moments(values: pd.Series) -> pd.Series:
    """When each row was observed."""
    return ${reading}`,
      `def split(rows: pd.DataFrame) -> np.ndarray:
    """The latest share of the rows; rows of one moment stay together."""
    when = moments(rows[${pyString(column)}])
    cut = when.sort_values().iloc[round((1 - TEST_FRACTION) * when.notna().sum())]
    return (when >= cut).to_numpy()`,
    ],
  };
}

interface Key {
  readonly what: string;
  readonly imports: readonly string[];
  /** Lines that end in a series \`keys\` of text. */
  readonly lines: readonly string[];
}

function keyOf(formulation: Formulation, rename: Rename): Key | null {
  const { together } = formulation.split;
  switch (together.key) {
    case 'none':
      return null;
    case 'columns': {
      const parts = together.columns.map((column) => `rows[${pyString(rename(column))}]`);
      const first = parts[0] ?? '';
      const joined = parts.length === 1 ? `keys = ${first}` : `keys = ${parts.join(' + "\\x1f" + ')}`;
      return {
        what: `Rows of one ${together.columns.map((column) => column.replace(/[^\w ]/g, '')).join(' and ')}`,
        imports: [],
        lines: [
          joined,
          `keys = keys.mask(${first} == "", "\\x1f" + pd.Series(np.arange(len(rows)).astype(str), index=rows.index))`,
        ],
      };
    }
    case 'normalized-text':
      return {
        what: 'Texts that differ in case, punctuation or white space only',
        imports: [],
        lines: [
          `keys = rows[${pyString(rename(together.column))}].str.lower().str.replace(r"[\\W_]+", " ", regex=True).str.strip()`,
        ],
      };
    case 'grid':
      return {
        what: 'Rows of one square of the map',
        imports: [],
        lines: [
          `places = rows[[${pyString(rename(together.latitude))}, ${pyString(rename(together.longitude))}]].apply(pd.to_numeric, errors="coerce")`,
          `squares = np.floor(places / ${together.degrees}).astype(str)`,
          'keys = squares.iloc[:, 0] + " " + squares.iloc[:, 1]',
        ],
      };
    case 'content':
      return {
        what: 'Files of equal content',
        imports: ['import hashlib'],
        lines: ['keys = rows["path"].map(lambda path: hashlib.sha256(Path(path).read_bytes()).hexdigest())'],
      };
    case 'name-run':
      return {
        what: `Files of one run of ${together.length} consecutive numbers`,
        imports: [],
        lines: [
          `numbers = rows["name"].str.extract(${pyString(together.pattern)}, expand=False)`,
          `keys = (pd.to_numeric(numbers, errors="coerce") // ${together.length}).astype(str)`,
        ],
      };
  }
}

function grouped(key: Key, formulation: Formulation): Fragment {
  const classes = formulation.target.classes !== null;
  const likeness = classes
    ? ['    goal = pd.get_dummies(rows[TARGETS[0]]).to_numpy(float)']
    : ['    goal = rows[TARGETS[:1]].apply(pd.to_numeric).rank(pct=True).to_numpy()'];
  const split = [
    'def split(rows: pd.DataFrame) -> np.ndarray:',
    `    """${key.what} stay together; of ${draws} seeded draws the one whose parts are most alike is taken."""`,
    '    groups = np.unique(group_keys(rows), return_inverse=True)[1]',
    '    sizes = np.bincount(groups)',
    ...likeness,
    '    generator = np.random.default_rng([SEED, 1])',
    '    best, smallest = None, np.inf',
    `    for _ in range(${draws}):`,
    '        order = generator.permutation(len(sizes))',
    '        chosen = np.zeros(len(sizes), dtype=bool)',
    '        chosen[order[np.cumsum(sizes[order]) <= TEST_FRACTION * len(rows) + sizes.max() / 2]] = True',
    '        test = chosen[groups]',
    '        if test.all() or not test.any():',
    '            continue',
    '        difference = np.abs(goal[test].mean(axis=0) - goal[~test].mean(axis=0)).sum() + abs(test.mean() - TEST_FRACTION)',
    '        if difference < smallest:',
    '            best, smallest = test, difference',
    '    if best is None:',
    '        raise ValueError("the groups are too large to be split")',
    '    return best',
  ].join('\n');
  const keys = [
    `def group_keys(rows: pd.DataFrame) -> np.ndarray:`,
    `    """${key.what} share a key."""`,
    ...key.lines.map((line) => `    ${line}`),
    '    return keys.to_numpy(str)',
  ].join('\n');
  return { imports: key.imports, functions: [keys, split] };
}
