// Columns that say when and where a row is: the frame of a record, which is known before anything is measured.
import { nameTokens } from './name-tokens.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';

const calendar = new Set('year yr month quarter week weekday day date hour'.split(' '));
const position = new Set(
  'coordinate coordinates coord coords easting northing xmin xmax ymin ymax zip zipcode postcode postal'.split(' '),
);
/** Well-known text, as databases export places. */
const geometry = /^\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*[ZM]{0,2}\s*\(/i;
/** Share of the frequent values that must be written so. */
const mostValues = 0.9;

/** Whether the values are places written out as geometry, such as `POINT (10.1 50.3)`. */
export function isGeometry(column: ColumnProfile): boolean {
  const written = column.top.filter((entry) => geometry.test(entry.value));
  return written.length > 0 && written.length >= mostValues * column.top.length;
}

/** Why a column only frames the row: a part of the calendar beside other times, or a position; null otherwise. */
export function frameReason(column: ColumnProfile, table: TableProfile, onMap: boolean): string | null {
  const others = table.columns.filter((other) => other !== column);
  if (isCalendar(column) && others.some((other) => other.time !== null || isCalendar(other)))
    return 'it is a part of the calendar, and known of every row';
  const tokens = nameTokens(column.name);
  if (tokens.some((token) => position.has(token))) return 'it says where a row is, and is known of every row';
  const axis = tokens.length === 1 && (tokens[0] === 'x' || tokens[0] === 'y');
  if (axis && (onMap || others.some(isGeometry))) return 'it says where a row is, and is known of every row';
  return null;
}

/** A single word of the calendar, perhaps with a word before it: `year`, `Reporting Year`; not `years` nor `day_length`. */
function isCalendar(column: ColumnProfile): boolean {
  return calendar.has(nameTokens(column.name).at(-1) ?? '') && column.numeric !== null;
}
