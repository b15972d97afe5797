// The role of a column, from its measurements first and its name second.
import type { ColumnJudgement, ColumnRole } from './judgement.ts';
import { hintsAt, isCountName, nameTokens } from './name-tokens.ts';
import { namesParts } from './part-words.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';

/** A value in nearly every row says nothing, unless the others are many in number: rare events are worth predicting. */
const constantShare = 0.998;
const rareEvents = 50;
/** From here on, text is prose rather than a name or a code. */
const proseWords = 4;
const proseCharacters = 25;
/** Text of which more values than this share are different is an identifier or prose, not a category. */
const distinctShare = 0.5;
const mostCategories = 60;
/** Whole numbers with this few values can be levels. */
const mostLevels = 12;
/** An entity recurs: its column has at most this share of different values, and more values than a category. */
const groupShare = 0.75;
/** So many beings, each in so many rows on average, are people under study rather than kinds of people. */
const fewestBeings = 8;
const rowsPerBeing = 5;
/** Share of the frequent values that must look like an address or a telephone number. */
const patternShare = 0.8;
/** Fewer different values are no sample to recognise a pattern by. */
const fewestExamples = 3;
/** A column that is filled in so rarely is usually filled in after the fact. */
const sparseShare = 0.1;
const fewestRows = 100;
/** Telephone numbers need a plus, brackets or separators: bare digits are codes. */
const personalPatterns = [
  { pattern: /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i, words: 'the values are e-mail addresses' },
  {
    pattern: /^(\+|\()[\d][\d\s().-]{6,}$|^\d{2,4}[-. ]\d{3,4}[-. ]\d{3,}$/,
    words: 'the values look like telephone numbers',
  },
  {
    pattern: /^\d{1,5} [\p{L}.'-]+( [\p{L}.'-]+)* (street|st|avenue|ave|road|rd|drive|dr|lane|ln|way|blvd)\b/iu,
    words: 'the values look like addresses',
  },
] as const;
/** How the profile tells a value of bytes in a database, such as a picture. */
const storedBytes = /^<\d+ bytes>$/;

interface Role {
  readonly role: ColumnRole;
  readonly reason: string;
}

/** Judges one column of a table. */
export function judgeColumn(column: ColumnProfile, table: TableProfile): ColumnJudgement {
  const { role, reason } = roleOf(column, table);
  return {
    column: column.name,
    role,
    reason,
    postOutcome: postOutcome(column, table),
    personal: personal(column, role),
  };
}

function roleOf(column: ColumnProfile, table: TableProfile): Role {
  const present = table.rows - column.missing;
  if (column.kind === 'empty' || present === 0) return { role: 'empty', reason: 'no value at all' };
  const top = column.top[0]?.count ?? 0;
  if (column.distinct === 1 || (top > constantShare * present && present - top < rareEvents))
    return { role: 'constant', reason: `one value in ${top} of ${present} rows` };
  if (column.top.every((entry) => storedBytes.test(entry.value)))
    return { role: 'binary', reason: `contents of files, such as ${column.top[0]?.value}` };
  if (namesParts(column)) return { role: 'part', reason: 'the parts of a split that somebody made' };
  if (column.mediaPaths !== null)
    return { role: 'media-path', reason: `names ${column.mediaPaths.matched} media files` };
  if (column.top.slice(0, 10).every((entry) => /^https?:\/\//.test(entry.value)))
    return { role: 'url', reason: 'web addresses' };
  // Ten digits may be seconds since 1970, or the number of a person: the name decides.
  const numbered = /^epoch-/.test(column.time?.format ?? '') && hintsAt(column.name, 'identifier');
  if (column.time !== null && !numbered)
    return { role: 'time', reason: `${column.time.minimum} to ${column.time.maximum}` };
  if (column.kind === 'boolean') return { role: 'boolean', reason: 'two truth values' };
  if (isBeing(column) && column.distinct >= fewestBeings && present >= rowsPerBeing * column.distinct)
    return { role: 'group', reason: `${column.distinct} beings that recur` };
  return column.numeric === null ? textRole(column, present) : numberRole(column, column.numeric, table, present);
}

function numberRole(
  column: ColumnProfile,
  numeric: NonNullable<ColumnProfile['numeric']>,
  table: TableProfile,
  present: number,
): Role {
  const range = `${numeric.minimum} to ${numeric.maximum}`;
  if (numeric.minimum >= -90 && numeric.maximum <= 90 && hintsAt(column.name, 'latitude'))
    return { role: 'latitude', reason: range };
  if (numeric.minimum >= -180 && numeric.maximum <= 360 && hintsAt(column.name, 'longitude'))
    return { role: 'longitude', reason: range };
  const unique = column.distinct === present;
  const named = (hintsAt(column.name, 'identifier') && !(isCountName(column.name) && !unique)) || isThing(column);
  if (isWhole(column)) {
    if (unique && (column.sorted !== 'no' || named) && column.distinct > 10)
      return {
        role: 'identifier',
        reason: `whole numbers, all different${column.sorted === 'no' ? '' : `, ${column.sorted}`}`,
      };
    if (column.leadingZeros || column.bigIntegers) return codeRole(column, present);
    if (named && column.distinct > mostCategories)
      return column.distinct <= groupShare * table.rows
        ? { role: 'group', reason: `${column.distinct} numbers that recur` }
        : { role: 'identifier', reason: 'numbers that name rows' };
    if (column.distinct === 2) return { role: 'boolean', reason: 'two whole numbers' };
    if (named && column.distinct <= mostCategories) return { role: 'category', reason: `${column.distinct} codes` };
    if (column.distinct <= mostCategories && hintsAt(column.name, 'classCode'))
      return { role: 'category', reason: `${column.distinct} numbered classes` };
    if (column.distinct <= mostLevels && numeric.maximum - numeric.minimum < 2 * mostLevels)
      return { role: 'ordinal', reason: `${column.distinct} whole levels, ${range}` };
  }
  return { role: 'number', reason: `${column.distinct} values, ${range}` };
}

/** A column that is called a being, such as `subject` or `patient_id`: its values name it. */
function isBeing(column: ColumnProfile): boolean {
  const tokens = nameTokens(column.name).filter((token) => !hintsAt(token, 'identifier'));
  return tokens.length === 1 && hintsAt(tokens[0] ?? '', 'being');
}

/** Many whole numbers under the bare name of a thing, such as `school`: they number it. */
function isThing(column: ColumnProfile): boolean {
  const bare = nameTokens(column.name).length === 1 && hintsAt(column.name, 'group');
  return bare && column.distinct > mostLevels && (column.numeric?.minimum ?? -1) >= 0;
}

/** Whole numbers, also when they are written as 1.0, 2.0, … (a column that once had gaps). */
function isWhole(column: ColumnProfile): boolean {
  if (column.kind === 'integer') return true;
  return column.distinct <= mostLevels && column.top.every((entry) => /^[+-]?\d+\.0*$/.test(entry.value.trim()));
}

function codeRole(column: ColumnProfile, present: number): Role {
  if (column.distinct <= mostCategories) return { role: 'category', reason: `${column.distinct} codes` };
  if (column.distinct > groupShare * present) return { role: 'identifier', reason: 'codes, nearly all different' };
  return { role: 'group', reason: `${column.distinct} codes that recur` };
}

function textRole(column: ColumnProfile, present: number): Role {
  const text = column.text;
  const share = column.distinct / present;
  const prose = text !== null && text.meanWords >= proseWords && text.meanCharacters >= proseCharacters;
  if (prose && (share > distinctShare || column.distinct > mostCategories))
    return { role: 'text', reason: `${text.meanWords.toFixed(1)} words on average` };
  if (column.distinct <= mostCategories && share <= distinctShare)
    return { role: 'category', reason: `${column.distinct} values` };
  const severalWords = text !== null && text.withSpaces > 0.5;
  if (share > groupShare) {
    if (severalWords) return { role: 'text', reason: `${text.meanWords.toFixed(1)} words on average` };
    return { role: 'identifier', reason: `${column.distinct} of ${present} values are different` };
  }
  return { role: 'group', reason: `${column.distinct} names that recur` };
}

function postOutcome(column: ColumnProfile, table: TableProfile): string | null {
  if (hintsAt(column.name, 'postOutcome')) return `the name of \`${column.name}\` speaks of what came afterwards`;
  const filled = (table.rows - column.missing) / Math.max(table.rows, 1);
  if (table.rows >= fewestRows && filled > 0 && filled < sparseShare)
    return `it is filled in for ${(100 * filled).toFixed(1)} % of the rows only, as fields are that somebody fills in later`;
  return null;
}

function personal(column: ColumnProfile, role: ColumnRole): string | null {
  if (role === 'empty' || role === 'constant') return null;
  if (hintsAt(column.name, 'personal') && column.kind === 'text')
    return `the name of \`${column.name}\` speaks of a person`;
  if (hintsAt(column.name, 'personal') && (role === 'time' || role === 'identifier'))
    return `the name of \`${column.name}\` speaks of a person`;
  if (column.kind !== 'text') return null;
  for (const { pattern, words } of personalPatterns) {
    const matching = column.top.filter((entry) => pattern.test(entry.value)).length;
    if (column.top.length >= fewestExamples && matching >= patternShare * column.top.length) return words;
  }
  return null;
}
