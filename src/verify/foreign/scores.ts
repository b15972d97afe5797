// The checks on the scores of a foreign grader: order, direction, idle submissions, repetition, type, conduct.
import type { ForeignTask } from '../../task/foreign.ts';
import { metricCatalogue as checks } from '../metric/catalogue.ts';
import { type Fault, sameScore } from '../metric/fault.ts';
import type { Trial } from '../metric/probe.ts';
import { ending, shown } from '../metric/words.ts';
import type { ForeignTrials } from './probe.ts';
import { repeatable } from './refusals.ts';

type Direction = 'maximize' | 'minimize';

/** numpy.float64 is a Python float; other numpy numbers are none, and some runners assert a float or an int. */
const NUMBERS = new Set(['float', 'int', 'float64']);
/** A word of progress is no harm; a grader that prints more fills logs. */
const PRINTED = 2_000;

/** MET003: the first rearrangement that is scored, and scored differently. One that is refused misleads nobody. */
export function order(calls: readonly Trial[]): Fault[] {
  const plain = calls.find(({ group }) => group === 'repeat');
  const moved = calls.find(
    ({ group, outcome, score }) =>
      (group === 'rows' || group === 'column order') && outcome === 'scored' && !sameScore(score, plain?.score ?? null),
  );
  if (plain === undefined || plain.score === null || moved === undefined) return [];
  const message = `The order of rows or columns changes the score: the grader ${ending(plain)}, and when ${moved.change} it ${ending(moved)}.`;
  return [{ check: checks.alignment, message, line: null, evidence: { ...repeatable(moved), plain: ending(plain) } }];
}

/** MET010: the declared direction against scores of ever more spoilt predictions. */
export function direction({ noise }: ForeignTrials, declared: Direction, by: string): Fault[] {
  const [first] = noise;
  const last = noise.at(-1);
  if (first === undefined || last === undefined || sameScore(first.mean, last.mean)) return [];
  const sign = declared === 'maximize' ? 1 : -1;
  // The middle must agree: a score that rises and falls says nothing about its direction.
  const steady = noise.slice(1).every(({ mean }, index) => sign * (mean - (noise[index]?.mean ?? mean)) >= 0);
  if (sign * (last.mean - first.mean) < 0 || !steady) return [];
  const means = noise.map(({ share, mean }) => ({ share, mean: Number(mean.toPrecision(6)) }));
  const message = `${by} says "${declared}", yet the score goes from ${shown(first.mean)} with every prediction right to ${shown(last.mean)} with all of them spoilt.`;
  return [{ check: checks.monotone, message, line: null, evidence: { means, direction: declared } }];
}

/** MET011: a submission that looks at no row and scores as the truth. */
export function idle(calls: readonly Trial[]): Fault[] {
  const best = calls.find(({ group }) => group === 'perfect');
  const found = calls.find(({ group, score }) => group === 'constant' && sameScore(score, best?.score ?? null));
  if (found === undefined) return [];
  const message = `A submission in which ${found.change} scores as the answers themselves: the grader ${ending(found)}.`;
  return [{ check: checks.useless, message, line: null, evidence: repeatable(found) }];
}

/** MET012. */
export function unstable(calls: readonly Trial[]): Fault[] {
  const [first, ...again] = calls.filter(({ group }) => group === 'repeat');
  const other = again.find(({ outcome, score }) => outcome !== first?.outcome || score !== first.score);
  if (first === undefined || other === undefined) return [];
  const message = `The same submission gets different scores: the grader first ${ending(first)}, then ${ending(other)}.`;
  return [
    { check: checks.deterministic, message, line: null, evidence: { first: ending(first), next: ending(other) } },
  ];
}

/** MET013. */
export function mutation(calls: readonly Trial[]): Fault[] {
  const found = calls.find(({ mutated }) => mutated.length > 0);
  if (found === undefined) return [];
  const { mutated } = found;
  const message = `The grader changes the table${mutated.length > 1 ? 's' : ''} that it is given: ${mutated.join(' and ')}.`;
  return [{ check: checks.inputs, message, line: null, evidence: { tables: mutated, submission: found.change } }];
}

/** MET014: what is returned for submissions that are valid in form. */
export function types(calls: readonly Trial[], { format }: ForeignTask): Fault[] {
  const valid = calls.filter(({ group, outcome }) => GROUPS.has(group) && outcome === 'scored');
  const none = valid.find(({ score, kind }) => score === null && !NUMBERS.has(kind));
  const odd = none ?? valid.find(({ score }) => score === null) ?? valid.find(({ kind }) => !NUMBERS.has(kind));
  if (odd === undefined) return [];
  const value = odd.score === null && NUMBERS.has(odd.kind) ? odd.written : `a value of type ${odd.kind}`;
  const message = `The grader returns ${value} instead of a finite Python float for a submission in which ${odd.change}.`;
  // mle-bench asserts the type; elsewhere a numpy number is only a nuisance.
  const mild = odd.score !== null && format !== 'mle-bench';
  const evidence = { ...repeatable(odd), type: odd.kind };
  return [{ check: checks.number, message, line: null, evidence, severity: mild ? 'warning' : 'error' }];
}

const GROUPS = new Set<Trial['group']>(['perfect', 'repeat', 'rows', 'column order', 'constant']);

/** MET018: what the grader does besides computing. A grader that is given paths must read files. */
export function conduct({ events, replaced, printed, loaded, calls }: ForeignTrials, task: ForeignTask): Fault[] {
  const found: Fault[] = [];
  const check = checks.pure;
  const reads = task.interface.roles.some((role) => role.endsWith(' path'));
  for (const { event, detail, line } of reads ? [] : events) {
    const what = event === 'open' ? detail : `calls ${detail}`;
    found.push({ check, message: `The grader ${what} while it scores.`, line, evidence: { events: [detail] } });
  }
  if (replaced.length > 0) {
    const message = `After scoring, functions of the libraries are no longer what they were: ${replaced.slice(0, 5).join(', ')}.`;
    found.push({ check, message, line: null, evidence: { replaced } });
  }
  if (printed > PRINTED) {
    const message = `The grader printed ${printed} characters during the trials.`;
    found.push({ check, message, line: null, evidence: { printed }, severity: 'warning' });
  }
  const stuck = [loaded, ...calls].find(({ outcome }) => outcome === 'timeout');
  if (stuck !== undefined) {
    const message = 'The grader does not come to an end within four seconds and was stopped at this line.';
    found.push({ check, message, line: stuck.line, evidence: { outcome: 'timeout' } });
  }
  const exit = [loaded, ...calls].find(({ error }) => error === 'SystemExit' || error === 'KeyboardInterrupt');
  if (exit !== undefined) {
    const message = `The grader ends the program (${exit.error}).`;
    found.push({ check, message, line: exit.line, evidence: { error: exit.error } });
  }
  return found;
}
