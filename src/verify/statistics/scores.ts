// STA001 to STA006 and STA008: what the spread of the scores leaves of their differences.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type Check, findingOf } from '../check.ts';
import { scriptOf } from '../runs/baselines.ts';
import type { Grades } from '../runs/grade.ts';
import { gain, interval, pairedGains, type ValidGrade } from '../runs/intervals.ts';
import { shown } from '../shown-number.ts';
import { statisticsCatalogue as checks } from './catalogue.ts';
import type { TrainPart } from './parts.ts';
import type { Statistics } from './probe.ts';

/** An interval of this share of the ladder leaves room for two places, or for one: crowded. */
const WIDE = 0.5;
const CROWDED = 1;
/** One undefined draw in a hundred means that the rows in question are a handful. */
const UNDEFINED_SHARE = 0.01;
/** The floor below which PRE011 warns, here for rows that count. */
const ENOUGH_ROWS = 200;
/** Below some 30 clusters, intervals from resampled clusters are too narrow (Cameron, Gelbach & Miller 2008). */
const ENOUGH_CLUSTERS = 30;
/** Standard errors that a difference must have to be found in 80 % of test parts at the two-sided 5 % level. */
const DETECTABLE = 1.96 + 0.84;
/** Chance that two halves disagree on a pair that the whole test part tells apart. */
const FLIP_SHARE = 0.01;

/** A check with its findings, or with the reason why it does not apply. */
export type Judged = readonly [Check, readonly Finding[] | string];

const MISSING = 'a baseline that it compares has no score';

/** Judges the scores. Pure: everything measured comes in. */
export function judgeScores(manifest: TaskSpec, grades: Grades, measured: Statistics): Judged[] {
  const of = (name: string): ValidGrade | null => {
    const grade = grades[name];
    return grade?.kind === 'valid' ? grade : null;
  };
  const [constant, simple, strong] = [of('constant'), of('simple'), of('strong')];
  const { direction } = manifest.metric;
  const ladder = { constant, simple, strong };
  return [
    [checks.precision, constant && strong ? imprecise(direction, constant, strong, measured.rows) : MISSING],
    [checks.defined, undefinedDraws(ladder)],
    [checks.effective, strong ? clustered(strong, measured) : MISSING],
    [checks.resolution, simple && strong ? unresolved(direction, simple, strong, measured.rows) : MISSING],
    [checks.saturation, strong ? saturated(manifest.metric, strong, measured) : MISSING],
    [checks.stability, unstable(direction, ladder, measured)],
  ];
}

type Direction = TaskSpec['metric']['direction'];
type Ladder = Readonly<Record<string, ValidGrade | null>>;

function imprecise(direction: Direction, constant: ValidGrade, strong: ValidGrade, rows: number): Finding[] | string {
  const span = gain(direction, constant, strong);
  if (span.ci95[0] <= 0) return 'the strong baseline is not told from the constant one (EXE005)';
  const [low, high] = interval(strong.score, strong.resampled);
  const share = (high - low) / span.value;
  if (share < WIDE) return [];
  const needed = Math.ceil(rows * (share / WIDE) ** 2);
  const message = `The strong baseline scores ${shown(strong.score)} with a 95 % interval from ${shown(low)} to ${shown(high)}: ${percent(share)} of the whole way from the constant one. About ${needed} test rows (now ${rows}) would bring that to ${percent(WIDE)}.`;
  const evidence = { score: strong.score, ci95: [low, high], span: span.value, share, rows, needed };
  const severity = share >= CROWDED ? 'warning' : 'information';
  return [findingOf(checks.precision, { message, file: layout.test, evidence, severity })];
}

function undefinedDraws(ladder: Ladder): Finding[] {
  return Object.entries(ladder).flatMap(([name, grade]) => {
    const draws = grade?.resampled ?? [];
    const missing = draws.filter((draw) => draw === null).length;
    if (missing === 0 || missing < UNDEFINED_SHARE * draws.length) return [];
    const message = `On ${missing} of ${draws.length} draws of the test rows the metric gives the ${name} baseline no score.`;
    const evidence = { baseline: name, undefined: missing, draws: draws.length };
    return [findingOf(checks.defined, { message, file: 'metric.py', evidence })];
  });
}

function clustered(strong: ValidGrade, { clusters, rows }: Statistics): Finding[] | string {
  if (clusters === null || clusters.largest === 1) return 'the split keeps no groups together that the test file shows';
  if (rows < ENOUGH_ROWS) return 'the test part is small in rows already (PRE011)';
  const { count, largest, spread } = clusters;
  const grouped = deviation(strong.resampled);
  const effect = spread === null || spread === 0 || grouped === null ? null : (grouped / spread) ** 2;
  const effective = effect === null ? null : Math.round(rows / Math.max(1, effect));
  const few = count < ENOUGH_CLUSTERS;
  if (!few && (effective === null || effective >= ENOUGH_ROWS)) return [];
  const worth = effective === null ? '' : ` and tell as much as ${effective} independent ones`;
  const message = `The ${rows} test rows are ${count} groups (the largest of ${largest} rows)${worth}.`;
  const evidence = { rows, groups: count, largest, designEffect: effect, effective, enough: ENOUGH_ROWS };
  return [findingOf(checks.effective, { message, file: layout.test, evidence })];
}

function unresolved(direction: Direction, simple: ValidGrade, strong: ValidGrade, rows: number): Finding[] | string {
  const { value, ci95 } = gain(direction, simple, strong);
  if (ci95[0] <= 0) return 'simple and strong are not told apart, or stand in the wrong order (EXE006)';
  const error = deviation(pairedGains(direction, simple, strong));
  if (error === null) return MISSING;
  const detectable = DETECTABLE * error;
  if (value >= detectable) return [];
  const needed = Math.ceil(rows * (detectable / value) ** 2);
  const message = `The smallest difference that the test part finds in 4 of 5 cases is ${shown(detectable)}; strong is ${shown(value)} above simple. About ${needed} test rows (now ${rows}) would resolve it.`;
  const evidence = { gain: value, detectable, standardError: error, rows, needed };
  return [findingOf(checks.resolution, { message, file: layout.test, evidence })];
}

function saturated(
  { direction, best }: TaskSpec['metric'],
  strong: ValidGrade,
  measured: Statistics,
): Finding[] | string {
  const { halfBetter, rows } = measured;
  if (halfBetter === null) return 'no entry can be made from the answers';
  const [low, high] = interval(strong.score, strong.resampled);
  if (best >= low && best <= high) return 'the strong baseline reaches the best score (EXE007)';
  const better: ValidGrade = { kind: 'valid', ...halfBetter };
  const { value } = gain(direction, strong, better);
  const error = deviation(pairedGains(direction, { ...strong, resampled: firstOf(strong, better) }, better));
  if (error === null || value >= DETECTABLE * error) return [];
  if (value <= 0) return 'right answers in every second row do not raise the score';
  const needed = Math.ceil(rows * ((DETECTABLE * error) / value) ** 2);
  const message = `Between ${shown(strong.score)} and the best score ${shown(best)}, an entry that gets half of the rest right gains ${shown(value)}, less than the ${shown(DETECTABLE * error)} that the test part can detect. About ${needed} test rows (now ${rows}) are needed.`;
  const evidence = { strong: strong.score, best, gain: value, detectable: DETECTABLE * error, rows, needed };
  return [findingOf(checks.saturation, { message, file: layout.test, evidence })];
}

function unstable(direction: Direction, ladder: Ladder, { halves }: Statistics): Finding[] | string {
  const { constant, simple, strong } = ladder;
  if (halves.length === 2)
    return [
      ...reversed(direction, halves, 'constant', 'simple', ladder),
      ...reversed(direction, halves, 'simple', 'strong', ladder),
    ];
  if (!constant || !simple || !strong) return MISSING;
  const { value, ci95 } = gain(direction, constant, simple);
  if (ci95[0] <= 0) return 'constant and simple are not told apart (EXE006)';
  // A half deviates from the whole as a draw does, and the other half by as much to the other side.
  const draws = pairedGains(direction, constant, simple);
  const flips = draws.filter((draw) => Math.abs(draw - value) > value).length / Math.max(1, draws.length);
  if (flips <= FLIP_SHARE) return [];
  const message = `In ${percent(flips)} of random halves, the two halves of the test part rank the constant and the simple baseline differently.`;
  return [findingOf(checks.stability, { message, file: layout.test, evidence: { flips, gain: value } })];
}

/** A gain that is clear on the whole and clearly a loss in one half of the time. */
function reversed(
  direction: Direction,
  halves: Statistics['halves'],
  below: string,
  above: string,
  ladder: Ladder,
): Finding[] {
  const [low, high] = [ladder[below], ladder[above]];
  if (!low || !high || gain(direction, low, high).ci95[0] <= 0) return [];
  return halves.flatMap(({ scores, rows }, index) => {
    const [lower, upper] = [scores[below], scores[above]];
    if (lower?.kind !== 'valid' || upper?.kind !== 'valid') return [];
    const { value, ci95 } = gain(direction, lower, upper);
    if (ci95[1] >= 0) return [];
    const half = index === 0 ? 'earlier' : 'later';
    const message = `On the ${half} half of the test part (${rows} rows) the ${above} baseline is worse than the ${below} one, ${shown(upper.score)} against ${shown(lower.score)}; on the whole it is better.`;
    const evidence = { half, above: upper.score, below: lower.score, gain: value, ci95 };
    return [findingOf(checks.stability, { message, file: layout.test, evidence })];
  });
}

/**
 * STA008: the score of the simple baseline must rise from a tenth of the train rows to all of them. Intervals tell of
 * the test rows, not of the luck of one draw of train rows: that more rows harm is said only where every part shows it.
 */
export function judgeLearning(
  { metric: { direction } }: TaskSpec,
  whole: ValidGrade,
  parts: readonly TrainPart[],
): Finding[] {
  const least = parts[0];
  if (least === undefined) return [];
  const { value, ci95 } = gain(direction, least.grade, whole);
  if (ci95[0] > 0) return [];
  const worse = parts.every(({ grade }) => gain(direction, grade, whole).ci95[1] < 0);
  const what = worse ? 'scores better than' : ci95[1] < 0 ? 'is by this draw better than' : 'is not told from';
  const message = `The simple baseline trained on ${least.percent} % of the rows (${least.rows}) ${what} the same trained on all: ${shown(least.grade.score)} against ${shown(whole.score)} (gain ${shown(value)}, 95 % interval ${shown(ci95[0])} to ${shown(ci95[1])}).`;
  const percents = [...parts.map(({ percent }) => percent), 100];
  const scores = [...parts.map(({ grade }) => grade.score), whole.score];
  const evidence = { percents, scores, gain: value, ci95 };
  const severity = worse ? 'warning' : 'information';
  return [findingOf(checks.learning, { message, file: scriptOf('simple'), evidence, severity })];
}

/** The draws of `entry` as far as `other` has some: both start with the same ones. */
function firstOf(entry: ValidGrade, other: ValidGrade): (number | null)[] {
  return entry.resampled.slice(0, other.resampled.length);
}

/** Standard deviation of the defined draws; null for fewer than two. */
function deviation(draws: readonly (number | null)[]): number | null {
  const known = draws.filter((draw) => draw !== null);
  if (known.length < 2) return null;
  const mean = known.reduce((sum, draw) => sum + draw, 0) / known.length;
  return Math.sqrt(known.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / known.length);
}

function percent(share: number): string {
  return `${shown(100 * share)} %`;
}
