// From column names to words: units, kebab-case ids, sentences.
import { isBareId } from '../../../dataset/name-tokens.ts';
import { plainText } from './plain-text.ts';

/** Units as they end column names, with their long form. Only unambiguous spellings. */
const unitSuffixes: Readonly<Record<string, string>> = {
  mm: 'mm',
  cm: 'cm',
  km: 'km',
  kg: 'kg',
  mg: 'mg',
  ml: 'ml',
  usd: 'US dollars',
  eur: 'euros',
  pct: '%',
  percent: '%',
  kwh: 'kWh',
  mw: 'MW',
  kw: 'kW',
  celsius: '°C',
  fahrenheit: '°F',
  degc: '°C',
  hours: 'hours',
  minutes: 'minutes',
  seconds: 'seconds',
  days: 'days',
  ms: 'ms',
  sqft: 'square feet',
  hpa: 'hPa',
  mph: 'mph',
  kmh: 'km/h',
  db: 'dB',
  hz: 'Hz',
};
const bracketed = /^(.*\S)\s*[([]([^()[\]]{1,20})[)\]]\s*$/;

export interface NamedColumn {
  /** Lower-case words, acronyms kept. */
  readonly words: string;
  readonly unit: string | null;
}

/** Reads a column name as words and a unit: `Body Mass (g)` is "body mass" in g, `petal_width_cm` "petal width" in cm. */
export function namedColumn(column: string): NamedColumn {
  const match = bracketed.exec(column.trim());
  const bare = match?.[1] ?? column;
  const words = splitWords(bare);
  if (match?.[2] !== undefined) return { words: words.join(' '), unit: plainText(match[2], 20) || null };
  const last = words.at(-1)?.toLowerCase() ?? '';
  // Rain of 24 hours is not in hours: the number and its unit say of what.
  const isSpan = /^\d+$/.test(words.at(-2) ?? '');
  const unit = words.length > 1 && !isSpan ? unitSuffixes[last] : undefined;
  if (unit === undefined) return { words: words.join(' '), unit: null };
  // `length in cm` is a length, in cm.
  const rest = words.slice(0, words.at(-2) === 'in' && words.length > 2 ? -2 : -1);
  return { words: rest.join(' '), unit };
}

/** Abbreviations of which every reader of tables knows the long form. */
const longForms: Readonly<Record<string, string>> = {
  temp: 'temperature',
  max: 'maximum',
  min: 'minimum',
  avg: 'average',
  num: 'number of',
  qty: 'quantity',
  amt: 'amount',
  mag: 'magnitude',
  dist: 'distance',
};

function splitWords(name: string): string[] {
  const spaced = plainText(name, 60)
    .replace(/[_\-./\s]+/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .trim();
  // A name of two letters may be a symbol, such as Na, which is none in other letters.
  if (/^\p{L}{2}$/u.test(spaced)) return [longForms[spaced.toLowerCase()] ?? spaced];
  return spaced
    .split(' ')
    .filter((word) => word !== '')
    .map((word) =>
      /^(?:[A-Z\d]{2,4}|[A-Z])$/.test(word) ? word : (longForms[word.toLowerCase()] ?? word.toLowerCase()),
    );
}

/** The words of a column name; never empty. */
export function humanised(column: string): string {
  return namedColumn(column).words || 'unnamed column';
}

/** The words with a capital at the start, for titles and table cells. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Kebab-case of ASCII letters and digits, at most `most` characters, never empty. */
export function slug(text: string, most: number): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  // A cut falls between two words, unless the first one alone is too long.
  const cut =
    ascii.length > most
      ? ascii
          .slice(0, most + 1)
          .replace(/(.)-[^-]*$/, '$1')
          .slice(0, most)
      : ascii;
  return cut.replace(/^-+|-+$/g, '') || 'task';
}

/** What a key names, in words: `Album_ArtistId` an artist, `customer_id` a customer; a bare `id` tells only that there is something. */
export function entityWords(key: string): string {
  if (isBareId(key)) return 'entity';
  const bare = key.replace(/[_ ]?(id|key|code|no|nr|number)$/i, '');
  const last = bare.includes('_') ? (bare.split('_').at(-1) ?? bare) : bare;
  // `column_25` without its first word would be a bare number.
  return humanised(/\p{L}/u.test(last) ? last : key);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
