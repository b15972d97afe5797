// Family MET on a foreign grader: which checks its trials can answer, and which not, with the reason.
import type { ForeignTask } from '../../task/foreign.ts';
import type { Check } from '../check.ts';
import { metricCatalogue as checks } from '../metric/catalogue.ts';
import type { Judgement } from '../metric/family.ts';
import type { Fault } from '../metric/fault.ts';
import type { End, Trial } from '../metric/probe.ts';
import type { ForeignTrials } from './probe.ts';
import { type Honest, judgeForeignRefusals } from './refusals.ts';
import { conduct, direction, idle, mutation, order, types, unstable } from './scores.ts';

const all: readonly Check[] = Object.values(checks);

/** Checks that need what only the manifest of a package declares. */
const UNDECLARED: ReadonlyMap<Check, string> = new Map([
  [checks.perfect, 'the layout declares no best score'],
  [checks.best, 'the layout declares no best and worst score'],
  [checks.values, 'the layout declares no allowed values'],
  [checks.silence, 'measured on packages of MLE Forge only'],
  [checks.roundTrip, 'the suite reads both files with plain pd.read_csv, and so do the trials'],
  [checks.degenerate, 'the test part of a foreign task is given as a whole'],
  [checks.speed, 'measured on packages of MLE Forge only'],
  [checks.agreement, 'the suite calls validation and score one after the other, and so do the trials'],
  [checks.definition, 'the layout names no metric of the registry'],
  [checks.promised, 'the layout declares no types and ranges of predictions'],
]);

/** Pure: from what the trials measured to what is wrong. */
export function judgeForeign(trials: ForeignTrials, task: ForeignTask): Judgement {
  const { calls, loaded } = trials;
  const stopped = conduct(trials, task);
  const honest = honestOf(calls);
  if (honest === null) {
    const reason = whyNot(trials, loaded);
    return { faults: stopped, skipped: new Map(all.filter((c) => !has(stopped, c)).map((check) => [check, reason])) };
  }
  const positional = order(calls);
  const changing = unstable(calls);
  const declared = declaredDirection(trials, task);
  const faults = [
    ...(changing.length > 0 ? [] : positional),
    ...judgeForeignRefusals(calls, honest, trials.columns.length - 1, positional.length > 0),
    ...(declared === null ? [] : direction(trials, declared.direction, declared.by)),
    ...idle(calls),
    ...changing,
    ...mutation(calls),
    ...types(calls, task),
    ...stopped,
  ];
  const skipped = new Map(UNDECLARED);
  const skip = (check: Check, reason: string) => has(faults, check) || skipped.set(check, reason);
  if (changing.length > 0) skip(checks.alignment, 'scores change from call to call (MET012)');
  if (declared === null) skip(checks.monotone, 'nothing declares whether larger scores are better');
  else if (trials.noise.length === 0) skip(checks.monotone, 'spoilt predictions got no score');
  if (!calls.some(({ group }) => group === 'missing')) skip(checks.finite, 'an empty cell may be a prediction here');
  if (!calls.some(({ group }) => group === 'constant')) skip(checks.useless, 'no constant prediction of this kind');
  return { faults, skipped };
}

/** The direction that the grader itself or a leaderboard declares, and who says so. */
export function declaredDirection(
  { higherIsBetter }: ForeignTrials,
  { boards }: ForeignTask,
): { direction: 'maximize' | 'minimize'; by: string } | null {
  if (higherIsBetter !== null) {
    return { direction: higherIsBetter ? 'maximize' : 'minimize', by: 'higher_is_better of the grader' };
  }
  const [board] = boards;
  return board === undefined ? null : { direction: board.direction, by: `The order of ${board.file}` };
}

/** What faulty submissions are measured against; null without a score for right and for half-wrong predictions. */
function honestOf(calls: readonly Trial[]): Honest | null {
  const best = calls.find(({ group }) => group === 'perfect');
  const base = calls.find(({ group }) => group === 'repeat')?.score;
  if (best === undefined || base === undefined || base === null) return null;
  const top = best.score ?? Number(best.written.replace('inf', 'Infinity'));
  if (Number.isNaN(top) || top === base) return null;
  return { base, top, sign: top > base ? 1 : -1 };
}

function whyNot({ problem, origin }: ForeignTrials, loaded: End): string {
  if (loaded.error === 'ModuleNotFoundError' || loaded.error === 'ImportError') {
    return `the grader cannot be loaded here: ${loaded.message}`;
  }
  if (loaded.outcome !== 'scored') return `the grader cannot be loaded: ${loaded.error} ${loaded.message}`.trim();
  if (origin === null && problem !== null) {
    return `there are no answers, and made-up ones get no score that tells right from wrong (${problem})`;
  }
  return 'right and half-wrong predictions get no score that tells them apart';
}

function has(faults: readonly Fault[], check: Check): boolean {
  return faults.some((fault) => fault.check === check);
}
