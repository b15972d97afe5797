// Words by which people name the parts of data that they have split already.
import type { ColumnProfile } from './profile.ts';

const learntFrom = /^(train|training|trn|learn|learning|fit|dev(elopment)?)$/;
const held = /^(test|testing|tst|val|valid|validation|dev(elopment)?|eval(uation)?|hold(out)?|heldout)$/;
/** More values are no parts. */
const mostParts = 12;

/** Whether every value of a column names a part of a split, one of them plainly, and both kinds of part are there. */
export function namesParts({ distinct, top }: ColumnProfile): boolean {
  if (distinct < 2 || distinct > mostParts || top.length < distinct) return false;
  const words = top.map(({ value }) =>
    value
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== ''),
  );
  if (!words.some(({ length }) => length === 1)) return false;
  const has = (pattern: RegExp) => words.some((some) => some.some((word) => pattern.test(word)));
  const all = words.every((some) => some.some((word) => learntFrom.test(word) || held.test(word)));
  return all && has(learntFrom) && has(held);
}
