// MET004 to MET006 and MET008 on a foreign grader: submissions that must not be scored. Suites differ in how strict they
// are, so what counts is whether it pays: a faulty submission that scores better than the honest one is an error.
import type { Finding } from '../../task/findings.ts';
import type { Check } from '../check.ts';
import { metricCatalogue as checks } from '../metric/catalogue.ts';
import { type Fault, sameScore } from '../metric/fault.ts';
import type { Trial } from '../metric/probe.ts';
import { ending, shown } from '../metric/words.ts';

/** What the faulty submissions are compared with. */
export interface Honest {
  /** Score of the half-wrong submission from which the faulty ones are made. */
  readonly base: number;
  /** Score of the right answers; infinite for some metrics. */
  readonly top: number;
  /** 1 when larger scores are better, as the right answers against half-wrong ones show; else -1. */
  readonly sign: 1 | -1;
}

const GROUPS: Partial<Record<Trial['group'], Check>> = {
  ids: checks.ids,
  columns: checks.columns,
  missing: checks.finite,
};

/** Submissions whose harm is only in paying: an ignored surplus row costs nobody anything. */
const HARMLESS_UNLESS_PAID = new Set(['repeated row', 'extra id']);

/** Faults of refusing, at most one per check and one per line that breaks. */
export function judgeForeignRefusals(
  calls: readonly Trial[],
  honest: Honest,
  predictions: number,
  positional: boolean,
): Fault[] {
  const faulty = calls.filter(({ group }) => GROUPS[group] !== undefined);
  const scored = faulty.filter((trial) => trial.outcome === 'scored' && matters(trial, honest, predictions));
  const accepted = [checks.ids, checks.columns, checks.finite].flatMap((check) => {
    // A grader that looks at no id at all is reported once, as such (MET003).
    const found = scored.filter((trial) => GROUPS[trial.group] === check && !(positional && check === checks.ids));
    return acceptance(check, found, honest);
  });
  return [...accepted, ...crashes(faulty)];
}

/** Leaving out one of several columns matters only when it is read. */
function matters(trial: Trial, { base }: Honest, predictions: number): boolean {
  const unread = sameScore(trial.score, base);
  if (trial.group === 'columns' && trial.name !== 'header only') return !(unread && predictions > 1);
  return !(HARMLESS_UNLESS_PAID.has(trial.name) && unread);
}

/** Rows that are withheld pay when the rest is scored as if it were all: a value that stands for them is no gain. */
const WITHHELD = new Set([
  'missing prediction',
  'wrong ones missing',
  'most missing',
  'all missing',
  'infinite',
  'missing id',
  'unknown id',
  'wrong ones left out',
  'one row',
]);
/** Share of the way from half-wrong to right that withholding must close: rounding apart, all of it. */
const CLOSED = 0.99;

function pays(trial: Trial, { base, top, sign }: Honest): boolean {
  if (trial.score === null) {
    // NaN, or no number at all, passes as a score; so does the infinity that is better than every number.
    const infinite = /^(-?)(?:np\.float\d+\()?inf\)?$/.exec(trial.written);
    return infinite === null || (infinite[1] === '-' ? -1 : 1) === sign;
  }
  if (WITHHELD.has(trial.name)) return (trial.score - base) / (top - base) >= CLOSED;
  return sign * (trial.score - base) > 1e-9 * Math.max(1, Math.abs(base));
}

function acceptance(check: Check, found: readonly Trial[], honest: Honest): Fault[] {
  const paying = found.filter((trial) => pays(trial, honest));
  const [first] = paying.length > 0 ? paying : found;
  if (first === undefined) return [];
  const more = (paying.length > 0 ? paying : found).length - 1;
  const others = more > 0 ? `, and ${more} more such submissions` : '';
  const against = `the same submission without this fault gets ${shown(honest.base)}`;
  const gain = first.score === null ? 'which passes as a score' : 'which pays';
  const message =
    paying.length > 0
      ? `A submission in which ${first.change} is scored${others}: the grader ${ending(first)}, ${gain}; ${against}.`
      : `A submission in which ${first.change} is scored${others} without a word: the grader ${ending(first)}; ${against}.`;
  const evidence = { ...repeatable(first), honest: honest.base, trials: found.map(({ name }) => name) };
  return [{ check, message, line: null, evidence, severity: paying.length > 0 ? 'error' : 'warning' }];
}

/** One warning per line: the runner refuses the submission all the same, but takes it for a broken grader. */
function crashes(faulty: readonly Trial[]): Fault[] {
  const places = new Map<string, Trial[]>();
  for (const trial of faulty.filter(({ outcome }) => outcome === 'raised')) {
    const place = `${trial.line ?? 0} ${trial.error}`;
    places.set(place, [...(places.get(place) ?? []), trial]);
  }
  return [...places.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const others = rest.length > 0 ? ` (and ${rest.length} more such submissions)` : '';
    const message = `A submission in which ${first.change}${others} breaks the grader: it ${ending(first)}.`;
    const evidence = { ...repeatable(first), trials: [first, ...rest].map(({ name }) => name) };
    return [{ check: checks.refusal, message, line: first.line, evidence, severity: 'warning' as const }];
  });
}

/** What a person needs to repeat a trial. */
export function repeatable(trial: Trial): Finding['evidence'] {
  return {
    submission: trial.change,
    ended: ending(trial),
    rows: trial.rows,
    ...(trial.submission === null ? {} : { counterexample: trial.submission }),
  };
}
