// What a rule says about metric.py, before it is placed in the file.
import type { Finding, Severity } from '../../task/findings.ts';
import type { Check } from '../check.ts';

export interface Fault {
  readonly check: Check;
  readonly message: string;
  /** One-based line of metric.py; null for the function that the check is about. */
  readonly line: number | null;
  readonly evidence: Finding['evidence'];
  readonly severity?: Severity;
}

/** Scores that differ by less are rounding errors of sums in another order. */
const TOLERANCE = 1e-9;

/** Equal up to rounding; null equals nothing. */
export function sameScore(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}
