// Python functions that turn the columns of a table into model inputs. Only the treatments that a task needs are written.
import { pyString } from '../shared/python-literal.ts';
import { type BaselineView, constant } from './view.ts';

/** More number columns than this are cut down before a linear model. */
export const wideColumns = 300;

/** Constants that list the columns by treatment. */
export function columnConstants({ numbers, categories, texts, dates }: BaselineView): string[] {
  const lists: [string, readonly string[]][] = [
    ['NUMBERS', numbers],
    ['CATEGORIES', categories],
    ['TEXTS', texts],
    ['DATES', dates],
  ];
  return lists.filter(([, names]) => names.length > 0).map(([name, names]) => constant(name, names));
}

/** `features(table)`: a frame with floats for numbers, text for categories and texts, and the parts of dates. */
export function featureFunctions(view: BaselineView, level: 'simple' | 'strong'): string[] {
  const { numbers, categories, texts, dates, place } = view;
  const start =
    numbers.length > 0 ? '{name: pd.to_numeric(table[name], errors="coerce").astype(float) for name in NUMBERS}' : '{}';
  const lines = [`    columns = ${start}`];
  if (level === 'strong' && place !== null) {
    const [latitude, longitude] = place.map((name) => `columns[${pyString(name)}]`);
    lines.push(`    # Diagonals let a tree cut the map along more than two directions.
    columns["diagonal"] = ${latitude} + ${longitude}
    columns["antidiagonal"] = ${latitude} - ${longitude}`);
  }
  if (categories.length > 0) lines.push('    columns |= {name: table[name] for name in CATEGORIES}');
  if (texts.length > 0) {
    lines.push('    columns |= {name: "text " + table[name] for name in TEXTS}  # never empty, whatever is missing');
  }
  if (dates.length > 0) lines.push('    for name in DATES:\n        columns |= date_parts(name, table[name])');
  const frame = `def features(table: pd.DataFrame) -> pd.DataFrame:
    """Model inputs: ${summary(view)}."""
${lines.join('\n')}
    return pd.DataFrame(columns).replace([np.inf, -np.inf], np.nan)
`;
  return dates.length > 0 ? [frame, dateParts] : [frame];
}

function summary({ numbers, categories, texts, dates }: BaselineView): string {
  const parts = [
    numbers.length > 0 ? 'numbers as floats' : '',
    categories.length > 0 ? 'categories as text' : '',
    texts.length > 0 ? 'texts' : '',
    dates.length > 0 ? 'dates in parts' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export const parseDates = `def parse_dates(values: pd.Series) -> pd.Series:
    """Dates from ISO or local spellings, or from seconds or milliseconds since 1970; NaT where unreadable."""
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.max() > 1e8:
        return pd.to_datetime(numbers, unit="ms" if numbers.max() > 1e11 else "s", errors="coerce", utc=True)
    day_first = values.str.match(r"(1[3-9]|2\\d|3[01])[./-]").any()
    return pd.to_datetime(values, errors="coerce", utc=True, format="mixed", dayfirst=bool(day_first))
`;

const dateParts = `def date_parts(name: str, values: pd.Series) -> dict[str, pd.Series]:
    """Day number, month, day of the year, weekday and hour."""
    date = parse_dates(values)
    return {
        f"{name} day": (date - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400,
        f"{name} month": date.dt.month,
        f"{name} day of year": date.dt.dayofyear,
        f"{name} weekday": date.dt.weekday,
        f"{name} hour": date.dt.hour,
    }


${parseDates}`;

/** `linear_inputs()`: scaled numbers, one-hot categories and TF-IDF of texts, side by side. */
export function linearInputs({ numbers, categories, texts, dates }: BaselineView, select: string): string {
  const parts: string[] = [];
  if (numbers.length + dates.length > 0) {
    const chosen = numbers.length > wideColumns ? `, SelectKBest(${select}, k=${wideColumns})` : '';
    parts.push(`    fill = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    numbers = make_pipeline(fill, StandardScaler()${chosen})`);
  }
  if (categories.length > 0) {
    parts.push(
      '    categories = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=100)',
    );
  }
  const columns = [
    numbers.length + dates.length > 0 ? '("numbers", numbers, make_column_selector(dtype_include="number"))' : '',
    categories.length > 0 ? '("categories", categories, CATEGORIES)' : '',
    texts.length > 0
      ? '*((name, TfidfVectorizer(sublinear_tf=True, max_features=20_000), name) for name in TEXTS)'
      : '',
  ].filter((line) => line !== '');
  return `def linear_inputs() -> ColumnTransformer:
    """${linearSummary(numbers.length + dates.length > 0, categories.length > 0, texts.length > 0)}."""
${parts.map((part) => `${part}\n`).join('')}    return ColumnTransformer(
        [
${columns.map((line) => `            ${line},\n`).join('')}        ]
    )
`;
}

function linearSummary(numbers: boolean, categories: boolean, texts: boolean): string {
  const words = [
    numbers ? 'numbers filled and scaled' : '',
    categories ? 'categories one column per level' : '',
    texts ? 'texts as TF-IDF weights of words' : '',
  ].filter((word) => word !== '');
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `tree_inputs()`: categories as codes first, then numbers as they are, then texts as a few latent dimensions. */
export function treeInputs({ numbers, categories, texts, dates }: BaselineView): string {
  const parts: string[] = [];
  if (categories.length > 0) {
    parts.push(`    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, max_categories=100)
`);
  }
  if (numbers.length + dates.length > 0) {
    parts.push(`    # Missing numbers become one low value of their own, which also serves columns without any value.
    filled = SimpleImputer(strategy="constant", fill_value=-1e12, keep_empty_features=True)
`);
  }
  const columns = [
    categories.length > 0 ? '("categories", codes, CATEGORIES)' : '',
    numbers.length + dates.length > 0 ? '("numbers", filled, make_column_selector(dtype_include="number"))' : '',
    texts.length > 0 ? '*((name, text_dimensions(), name) for name in TEXTS)' : '',
  ].filter((line) => line !== '');
  const dimensions =
    texts.length > 0
      ? `

def text_dimensions() -> Pipeline:
    """Each text as 30 latent dimensions of its TF-IDF weights."""
    words = HashingVectorizer(n_features=2**14, alternate_sign=False)
    return make_pipeline(words, TfidfTransformer(sublinear_tf=True), TruncatedSVD(30, random_state=SEED))
`
      : '';
  return `def tree_inputs() -> ColumnTransformer:
    """${categories.length > 0 ? 'Categories as codes, then the numbers as they are' : 'The numbers as they are'}."""
${parts.join('')}    return ColumnTransformer(
        [
${columns.map((line) => `            ${line},\n`).join('')}        ]
    )
${dimensions}`;
}
