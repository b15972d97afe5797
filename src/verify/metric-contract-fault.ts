// What a rule says about metric.py, before it is placed in the file.
import type { Finding, Severity } from '../task/findings.ts';
import type { Check } from './check.ts';
import type { End, Trial } from './metric-contract-probe.ts';

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

/** Six significant digits: enough to recognise a score. */
export function shown(score: number): string {
  return String(Number(score.toPrecision(6)));
}

/** How a call ended, as the rest of a sentence that starts with the grader. */
export function ending(end: End): string {
  switch (end.outcome) {
    case 'scored':
      return end.score === null ? `returns ${end.written || `a ${end.kind}`}` : `returns ${shown(end.score)}`;
    case 'refused':
      return `refuses it ("${clip(end.message)}")`;
    case 'raised':
      return `fails with ${end.error}${end.message === '' ? '' : ` (${clip(end.message)})`}`;
    case 'timeout':
      return 'does not come to an end';
  }
}

/** What a person needs to repeat a trial: the change, how it ended and, where it fits, the submission itself. */
export function counterexample(trial: Trial): Finding['evidence'] {
  return {
    submission: trial.change,
    ended: ending(trial),
    answers: `${trial.rows} rows of test_answer.csv`,
    ...(trial.submission === null ? {} : { counterexample: trial.submission }),
  };
}

function clip(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= 160 ? line : `${line.slice(0, 157)}...`;
}
