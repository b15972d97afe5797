// Values of the dataset become Python literals only here: a column name must never become code.

export type PyValue = string | number | boolean | null | readonly PyValue[] | { readonly [key: string]: PyValue };

const lineWidth = 110;

/** Characters that a reader could not see, or that end a line, besides the three with a short escape. */
const hidden =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A Python string literal, in double quotes unless that costs escapes. Readable characters of any script stay. */
export function pyString(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(hidden, escapeCharacter);
  return `${quote}${escaped}${quote}`;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\U${hex.padStart(8, '0')}`;
  return shortEscapes[character] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}

/**
 * A Python literal: None, True, numbers, strings, lists and dicts. Lists and dicts that would pass 110 columns are
 * broken, one item a line, as a formatter would; `column` is where the literal starts on its line.
 */
export function pyLiteral(value: PyValue, column = 0, indent = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return pyString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pyNumber(value);
  const inside = indent + 4;
  const items = Array.isArray(value)
    ? value.map((item: PyValue) => pyLiteral(item, inside, inside))
    : Object.entries(value).map(([key, item]) => `${pyString(key)}: ${pyLiteral(item, inside, inside)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const flat = `${open}${items.join(', ')}${close}`;
  if (column + flat.length <= lineWidth && !flat.includes('\n')) return flat;
  const padding = ' '.repeat(inside);
  return `${open}\n${items.map((item) => `${padding}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
}

function pyNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")';
  return Object.is(value, -0) ? '-0.0' : String(value);
}
