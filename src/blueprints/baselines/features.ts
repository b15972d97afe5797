// Python functions that turn the columns of a table into model inputs. Only the treatments that a task needs are written.
import { pyString } from '../shared/python-literal.ts';
import { type BaselineView, constant } from './view.ts';

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

const parseDates = `def parse_dates(values: pd.Series) -> pd.Series:
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
