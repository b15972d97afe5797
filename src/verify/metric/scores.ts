// The checks on scores: best, order, direction, type, and agreement with the definition.

import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import type { Check } from '../check.ts';
import { metricCatalogue as checks } from './catalogue.ts';
import { type Fault, sameScore } from './fault.ts';
import type { Trial, Trials } from './probe.ts';
import { counterexample, ending, shown } from './words.ts';

type Metric = TaskSpec['metric'];

/** A step of noise may look better by this many standard errors without contradicting the trend. */
const NOISE_ERRORS = 3;
/** Groups of submissions that a competitor may send. */
const VALID: readonly Trial['group'][] = ['perfect', 'repeat', 'rows', 'column order', 'round trip', 'constant'];
/** Groups in which a score must have the right type; MET016 judges the values of the last. */
const TYPED: readonly Trial['group'][] = [...VALID, 'spelling', 'degenerate'];
/** Seeds behind each mean of the noise trials. */
const NOISE_SEEDS = 4;

/** Checks that need at least one score, in catalogue order. */
export const scoreChecks: readonly Check[] = [
  checks.best,
  checks.alignment,
  checks.monotone,
  checks.useless,
  checks.deterministic,
  checks.number,
  checks.roundTrip,
  checks.degenerate,
  checks.definition,
  checks.promised,
];

/** MET001, on its own: without it the other scores mean nothing. */
export function judgePerfect({ calls }: Trials, metric: Metric): Fault[] {
  const { best } = metric;
  const perfect = calls.find(({ group }) => group === 'perfect');
  if (perfect === undefined || sameScore(perfect.score, best)) return [];
  const message = `The answers themselves do not score the declared best of ${best} (${metricWord(metric)}): evaluate ${ending(perfect)}.`;
  const evidence = { best, score: perfect.score, ended: ending(perfect) };
  return [{ check: checks.perfect, message, line: perfect.line, evidence }];
}

/** Faults of scoring, in catalogue order. */
export function judgeScores(trials: Trials, metric: Metric): Fault[] {
  const changing = unstable(trials);
  return [
    ...beyond(trials, metric),
    ...(changing.length > 0 ? [] : misaligned(trials)),
    ...direction(trials, metric),
    ...idle(trials, metric),
    ...changing,
    ...types(trials),
    ...(changing.length > 0 ? [] : retyped(trials)),
    ...undefinedScores(trials, metric),
    ...(changing.length > 0 ? [] : misnamed(trials, metric)),
    ...unscored(trials),
  ];
}

function beyond({ calls }: Trials, { best, worst, direction }: Metric): Fault[] {
  const sign = direction === 'maximize' ? 1 : -1;
  const outside = calls.find(({ score }) => {
    if (score === null || sameScore(score, best) || (worst !== null && sameScore(score, worst))) return false;
    return sign * (score - best) > 0 || (worst !== null && sign * (worst - score) > 0);
  });
  if (outside?.score == null) return [];
  const side = sign * (outside.score - best) > 0 ? `better than the best, ${best}` : `worse than the worst, ${worst}`;
  const message = `A submission in which ${outside.change} scores ${shown(outside.score)}, ${side}.`;
  return [{ check: checks.best, message, line: null, evidence: { ...counterexample(outside), best, worst } }];
}

function unstable({ calls }: Trials): Fault[] {
  const [first, ...again] = calls.filter(({ group }) => group === 'repeat');
  const other = again.find(({ outcome, score }) => outcome !== first?.outcome || score !== first.score);
  if (first === undefined || other === undefined) return [];
  const message = `The same submission gets different scores: evaluate first ${ending(first)}, then ${ending(other)}.`;
  return [
    { check: checks.deterministic, message, line: null, evidence: { first: ending(first), next: ending(other) } },
  ];
}

function misaligned({ calls }: Trials): Fault[] {
  const [right, ...turned] = calls.filter(({ group }) => group === 'perfect');
  const small = calls.find(({ group }) => group === 'repeat');
  const moved = calls.filter((trial) => ['rows', 'column order'].includes(trial.group) && differs(small, trial));
  const plain = moved.length > 0 ? small : right;
  if (moved.length === 0) moved.push(...turned.filter((trial) => differs(right, trial)));
  const [first] = moved;
  if (first === undefined || plain === undefined) return [];
  const message = `The order of rows or columns changes the score: evaluate ${ending(plain)}, and when ${first.change} it ${ending(first)}.`;
  const trials = moved.map(({ name }) => name);
  const evidence = { plain: ending(plain), moved: ending(first), trial: first.name, trials };
  return [{ check: checks.alignment, message, line: first.line, evidence }];
}

function differs(plain: Trial | undefined, trial: Trial): boolean {
  return plain !== undefined && plain.score !== null && !sameScore(plain.score, trial.score);
}

function direction({ noise, varied }: Trials, metric: Metric): Fault[] {
  const [first] = noise;
  const last = noise.at(-1);
  if (!varied || first === undefined || last === undefined) return [];
  const sign = metric.direction === 'maximize' ? 1 : -1;
  const means = noise.map(({ share, mean }) => ({ share, mean: Number(mean.toPrecision(6)) }));
  const evidence = { means, direction: metric.direction };
  const report = (message: string): Fault[] => [{ check: checks.monotone, message, line: null, evidence }];
  if (sameScore(first.mean, last.mean)) {
    return report(
      `The score does not move: ${shown(first.mean)} with every prediction right and with every prediction dealt out anew.`,
    );
  }
  if (sign * (last.mean - first.mean) > 0) {
    return report(
      `The score improves as predictions are spoilt: from ${shown(first.mean)} to ${shown(last.mean)} with "${metric.direction}".`,
    );
  }
  for (const [index, next] of noise.slice(1).entries()) {
    const before = noise[index] ?? first;
    const margin = (NOISE_ERRORS * Math.hypot(before.sd, next.sd)) / Math.sqrt(NOISE_SEEDS);
    if (sign * (next.mean - before.mean) <= margin + 1e-9) continue;
    return report(
      `The score improves from ${shown(before.mean)} to ${shown(next.mean)} as the share of spoilt predictions grows from ${before.share * 100} % to ${next.share * 100} %.`,
    );
  }
  return [];
}

function idle({ calls, varied }: Trials, { best }: Metric): Fault[] {
  const found = varied && calls.find(({ group, score }) => group === 'constant' && sameScore(score, best));
  if (!found) return [];
  const message = `A submission in which ${found.change} reaches the best score, ${best}.`;
  return [{ check: checks.useless, message, line: null, evidence: counterexample(found) }];
}

function types({ calls }: Trials): Fault[] {
  const scored = calls.filter(({ outcome, group }) => outcome === 'scored' && VALID.includes(group));
  const odd =
    calls.find(({ outcome, group, kind }) => outcome === 'scored' && TYPED.includes(group) && kind !== 'float') ??
    scored.find(({ score }) => score === null);
  if (odd === undefined) return [];
  const value = odd.kind === 'float' ? odd.written : `a value of type ${odd.kind}`;
  const message = `evaluate returns ${value} instead of a finite Python float, for a submission in which ${odd.change}.`;
  return [{ check: checks.number, message, line: null, evidence: { ...counterexample(odd), type: odd.kind } }];
}

function retyped({ calls }: Trials): Fault[] {
  const moved = (['round trip', 'spelling'] as const).flatMap((group) => {
    const [direct, ...read] = calls.filter((trial) => trial.group === group);
    // Only the two common ways to read a file must not cause a refusal.
    const harmless = ({ outcome }: Trial) => group === 'spelling' && outcome === 'refused';
    const bad = read.filter((trial) => differs(direct, trial) && !harmless(trial));
    return direct === undefined ? [] : bad.map((to) => ({ direct, to }));
  });
  const worst = moved.find(({ to }) => to.outcome === 'scored') ?? moved[0];
  if (worst === undefined) return [];
  const { direct, to } = worst;
  const message = `The score depends on how the files are read: evaluate ${ending(direct)}, and when ${to.change} it ${ending(to)}.`;
  const trials = moved.map((pair) => pair.to.name);
  const evidence = { ...counterexample(to), direct: ending(direct), trials };
  // A wrong score goes unnoticed; a failure does not.
  const loud = to.group === 'spelling' ? 'information' : 'warning';
  const severity = to.outcome === 'scored' ? 'error' : loud;
  return [{ check: checks.roundTrip, message, line: to.line, evidence, severity }];
}

function undefinedScores({ calls }: Trials, { name }: Metric): Fault[] {
  const found = calls.find((trial) => trial.group === 'degenerate' && (isUndefined(trial) || isOtherwise(trial)));
  if (found === undefined) return [];
  const { expected, settled } = found;
  const needed =
    expected === null
      ? 'a number or a clear refusal is needed'
      : `${name} is ${shown(expected)} there${settled ? '' : ' by convention, unless it is refused'}`;
  const message = `When ${found.change}, evaluate ${ending(found)}; ${needed}.`;
  const evidence = { ...counterexample(found), ...(expected === null ? {} : { expected }) };
  return [{ check: checks.degenerate, message, line: found.line, evidence }];
}

function isUndefined({ outcome, kind, score, raisedHere }: Trial): boolean {
  return outcome === 'scored' ? kind === 'float' && score === null : outcome === 'raised' && !raisedHere;
}

/** Another score than by the definition, or none where the definition gives one. */
function isOtherwise({ outcome, score, expected, settled }: Trial): boolean {
  if (expected === null) return false;
  return outcome === 'scored' ? score !== null && !sameScore(score, expected) : settled;
}

function misnamed({ reference, convention }: Trials, { name }: Metric): Fault[] {
  const wrong = reference !== null && !reference.agrees ? reference : null;
  const found = wrong ?? convention;
  if (found === null) return [];
  const { score, expected, change } = found;
  const gives = wrong === null ? 'the convention for it is' : 'the definition gives';
  const message = `The score is not ${name}: when ${change}, evaluate returns ${score === null ? 'no finite number' : shown(score)} where ${gives} ${shown(expected)}.`;
  const severity = wrong === null ? 'warning' : checks.definition.severity;
  return [
    { check: checks.definition, message, line: null, evidence: { score, expected, metric: name, change }, severity },
  ];
}

function unscored({ unscored: found }: Trials): Fault[] {
  if (found === null) return [];
  const message = `A submission of the declared form gets no score: when ${found.change}, evaluate ${ending(found)}.`;
  // A refusal says what to change, though nobody could know of it.
  const severity = found.outcome === 'refused' ? 'warning' : checks.promised.severity;
  const evidence = { submission: found.change, ended: ending(found) };
  return [{ check: checks.promised, message, line: found.line, evidence, severity }];
}
