// One sentence per column: meaning, unit, range.
import type { IdeaColumn } from '../idea.ts';
import { count, figure } from './figures.ts';
import { capitalised, namedColumn } from './names.ts';
import { plainText, quotedValue } from './plain-text.ts';

/** So many categories are named; beyond them only their number is told. */
const NAMED_LEVELS = 6;
const kinds =
  /^(?:an? )?(?:continuous|discrete|numeric(?:al)?|integer|real|string|text|nominal|ordinal|categorical|boolean|binary)(?: (?:value|variable|attribute|number)s?)?$/i;
/** Whole numbers that all lie between these read as years. */
const FIRST_YEAR = 1500;
const LAST_YEAR = 2200;

/**
 * Meaning from the dataset's dictionary where there is one, else from the name, then unit, range or categories; without
 * the last where the page lists the classes itself.
 */
export function columnDescription(
  column: IdeaColumn,
  definitions: ReadonlyMap<string, string>,
  withValues = true,
): string {
  const { words, unit } = namedColumn(column.name);
  const defined = definitions.get(column.name);
  const meaning =
    defined === undefined || tellsNoMeaning(defined, column) ? words || plainText(column.name, 60) : defined;
  const facts = [unitFact(meaning, unit), withValues ? valueFact(column) : '', missingFact(column)].filter(
    (fact) => fact !== '',
  );
  const subject = capitalised(meaning.replace(/^(an?|the) (character string|integer|number|date) denoting /i, ''));
  return `${subject}${facts.length > 0 ? `; ${facts.join(', ')}` : ''}.`;
}

/** A definition that only says of which kind the values are, or lists them: what they mean is left to the name. */
function tellsNoMeaning(definition: string, { profile }: IdeaColumn): boolean {
  if (kinds.test(definition)) return true;
  const listed = definition.split(/,\s*/);
  const values = new Set(profile.top.map((level) => plainText(level.value, definition.length)));
  return listed.length > 1 && listed.filter((item) => values.has(item)).length > listed.length / 2;
}

function unitFact(meaning: string, unit: string | null): string {
  return unit === null || meaning.includes(unit) || /\(.+\)/.test(meaning) ? '' : `in ${unit}`;
}

function valueFact(column: IdeaColumn): string {
  const { profile, judgement } = column;
  const role = judgement?.role;
  if (profile.time !== null && role === 'time') {
    return `from ${profile.time.minimum.slice(0, 10)} to ${profile.time.maximum.slice(0, 10)}`;
  }
  if (role === 'category' || role === 'boolean' || (role === 'ordinal' && profile.numeric === null)) {
    if (profile.distinct > NAMED_LEVELS) return `${count(profile.distinct)} categories`;
    return `one of ${profile.top.map((level) => quotedValue(level.value)).join(', ')}`;
  }
  if (profile.numeric !== null) {
    const { minimum, maximum } = profile.numeric;
    // A year is no amount: no separator for thousands.
    const plain = profile.kind === 'integer' && minimum >= FIRST_YEAR && maximum <= LAST_YEAR;
    return plain ? `${minimum} to ${maximum}` : `${figure(minimum)} to ${figure(maximum)}`;
  }
  if (profile.text !== null && role === 'text')
    return `free text of about ${count(Math.max(2, profile.text.meanWords))} words`;
  return '';
}

function missingFact(column: IdeaColumn): string {
  return column.profile.missing > 0 ? `${count(column.profile.missing)} missing` : '';
}
