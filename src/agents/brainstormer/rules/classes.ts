// Which classes can be scored. Small ones are dropped with their counts, or the target is declined.
import type { Formulation } from '../../../blueprints/formulation.ts';
import { count } from '../words/figures.ts';
import { FEWEST_CLASS_ROWS } from './test-size.ts';

export interface ClassCount {
  readonly label: string;
  readonly count: number;
}

/** With more than this share of the rows in dropped classes the task would misrepresent the data. */
const MOST_DROPPED = 0.35;
/** In small collections classes of eight stay: two in the test part; accuracy over all rows is still a fair score. */
const FEWEST_IN_SMALL = 8;
/** Beyond this many classes a table target is an identifier in disguise. */
const MOST_CLASSES = 100;

export type ClassChoice =
  | {
      readonly kind: 'kept';
      readonly classes: readonly ClassCount[];
      readonly dropped: Formulation['rows']['droppedClasses'];
      /** Some classes have fewer than ten test rows: macro averages are out of the question. */
      readonly thin: boolean;
    }
  | { readonly kind: 'declined'; readonly code: string; readonly reason: string };

/**
 * Keeps classes with at least ten rows in the prospective test part.
 * @param support rows of each class in that part; null when the parts keep the share of each class.
 */
export function chooseClasses(
  counts: readonly ClassCount[],
  support: readonly ClassCount[] | null,
  testFraction: number,
  allowThin: boolean,
): ClassChoice {
  const inTest = new Map(support?.map((item) => [item.label, item.count]));
  const tested = (item: ClassCount) => (support === null ? item.count * testFraction : (inTest.get(item.label) ?? 0));
  // Rounding may take half a row from a class.
  const large = counts.filter((item) => tested(item) >= FEWEST_CLASS_ROWS - 0.5 && item.count > tested(item));
  const strict = choice(counts, large, `fewer than ${FEWEST_CLASS_ROWS} rows would be in the test part`, false);
  if (strict.kind === 'kept' || !allowThin) return strict;
  const some = counts.filter((item) => item.count >= FEWEST_IN_SMALL);
  return choice(counts, some, `fewer than ${FEWEST_IN_SMALL} rows`, true);
}

function choice(
  counts: readonly ClassCount[],
  kept: readonly ClassCount[],
  because: string,
  thin: boolean,
): ClassChoice {
  const total = sum(counts);
  const lost = total - sum(kept);
  if (kept.length < 2) {
    const largest = counts.toSorted((a, b) => b.count - a.count)[0];
    return {
      kind: 'declined',
      code: 'DEGENERATE_CLASSES',
      reason: `Only ${count(kept.length)} of ${count(counts.length)} classes can be scored; ${
        largest ? `the largest holds ${count(largest.count)} of ${count(total)} rows` : 'there are no rows'
      }.`,
    };
  }
  if (kept.length > MOST_CLASSES) {
    return {
      kind: 'declined',
      code: 'TOO_MANY_CLASSES',
      reason: `${count(kept.length)} classes are names, not kinds.`,
    };
  }
  if (lost > MOST_DROPPED * total) {
    return {
      kind: 'declined',
      code: 'CLASSES_TOO_SMALL',
      reason: `${count(lost)} of ${count(total)} rows belong to classes that are too small to be learnt and scored.`,
    };
  }
  const labels = new Set(kept.map((item) => item.label));
  const dropped = counts.filter((item) => !labels.has(item.label));
  return {
    kind: 'kept',
    classes: kept,
    dropped: dropped.map((item) => ({ label: item.label, count: item.count, reason: because })),
    thin,
  };
}

function sum(counts: readonly ClassCount[]): number {
  return counts.reduce((total, item) => total + item.count, 0);
}
