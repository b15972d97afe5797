// Python text that turns labels into positions in CLASSES, however the CSV was read.
import { pyString } from '../shared/python-literal.ts';

/** What pandas.read_csv takes for a missing value by default. */
const missingSpellings = new Set(
  ' #N/A #N/A N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN None n/a nan null'.split(' '),
).add('#N/A N/A');

/** What Python's float() accepts, closely enough: read_csv would make a number of it. */
const numberLike = /^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf|infinity)\s*$/i;

/**
 * `_codes(labels)`: position in CLASSES of each label, -1 for an unknown one. It forgives what read_csv does to labels
 * (1 for "1" or "01", True for "true", a missing value for "NA"), but only where these classes can suffer from it.
 */
export function labelCodes(classes: readonly string[]): string {
  const missing = classes.filter((name) => missingSpellings.has(name));
  const [missingName] = missing.length === 1 ? missing : [];
  const asNumber = differ(classes, (name) => (numberLike.test(name) ? String(Number(name)) : name));
  const asWord = differ(classes, (name) => name.toLowerCase());
  const numbers = asNumber && classes.some((name) => numberLike.test(name));
  const booleans = asWord && classes.some((name) => /^(true|false)$/i.test(name));
  const restored = missingName === undefined ? '' : restoreMissing(missingName);

  if (!numbers && !booleans) {
    const texts = restored === '' ? '[str(label) for label in labels.tolist()]' : 'texts';
    const loop =
      restored === ''
        ? 'known.get(str(label), -1) for label in labels.tolist()'
        : `known.get(text, -1) for text in ${texts}`;
    return `def _codes(labels: pd.Series) -> np.ndarray:
    """Position of each label in CLASSES, compared as text; -1 for an unknown label."""
${restored}    known = {name: code for code, name in enumerate(CLASSES)}
    return np.array([${loop}], dtype=int)
`;
  }
  const each =
    restored === '' ? '_spelling(label), -1) for label in labels.tolist()' : '_spelling(text), -1) for text in texts';
  return `def _codes(labels: pd.Series) -> np.ndarray:
    """Position of each label in CLASSES; -1 for an unknown label."""
${restored}    known = {_spelling(name): code for code, name in enumerate(CLASSES)}
    return np.array([known.get(${each}], dtype=int)


${spelling(numbers, booleans)}`;
}

function restoreMissing(name: string): string {
  const literal = pyString(name);
  return `    texts = [str(label) for label in labels.tolist()]
    if ${literal} not in texts:  # then read_csv took this class for a missing value
        texts = [${literal} if text in ("nan", "None", "<NA>") else text for text in texts]
`;
}

function spelling(numbers: boolean, booleans: boolean): string {
  const example = numbers ? '"1", 1 and 1.0 are' : '"true" and True are';
  const word = booleans ? 'str(label).lower()' : 'str(label)';
  const head = `def _spelling(label: object) -> str:
    """One spelling for what read_csv may make of a label: ${example} the same class."""
`;
  if (!numbers) return `${head}    return ${word}\n`;
  return `${head}    try:
        return str(float(str(label)))
    except ValueError:
        return ${word}
`;
}

/** Whether the classes stay distinct when they are read that way. */
function differ(classes: readonly string[], read: (name: string) => string): boolean {
  return new Set(classes.map(read)).size === classes.length;
}
