// Whether what was measured makes a task: signal above the constant, more than a look-up, room left to the best.
import { type MetricName, metricDefinition } from '../../../task/metrics.ts';
import type { Measured, MetricScores, SplitScores } from '../probe-results.ts';
import { figure } from '../words/figures.ts';
import { metricWord } from '../words/metric-word.ts';
import type { MetricChoice } from './metric.ts';
import { FEWEST_TEST_ROWS } from './test-size.ts';

/** One feature that covers this share of what the model covers, within the interval, makes the model a formality. */
const LOOK_UP_SHARE = 0.6;
/** … unless the model closes at least this share of what the feature leaves open: in small tests intervals are wide. */
const LEARNT_SHARE = 0.05;
/** With less than this share of the way left open nobody can tell good from very good. */
const ROOM_LEFT = 0.005;
/** Rule of three: a perfect model of the whole population may still miss this many rows of a sample, and the reverse. */
const ROOM_ROWS = 3;
/** Signal below this share of the way to the best is real but tiny: nothing worth a competition. */
const FEWEST_COVERED = 0.03;

export type Verdict =
  | { readonly kind: 'task'; readonly metric: MetricChoice; readonly scores: MetricScores; readonly covered: number }
  | { readonly kind: 'look-up'; readonly feature: string; readonly reason: string }
  | { readonly kind: 'drop'; readonly code: string; readonly reason: string };

/** Share of the way from the constant's score to the best that a score covers; below 0 when it is worse than the constant. */
export function covered(metric: MetricName, constant: number, score: number): number {
  const { best } = metricDefinition(metric);
  return constant === best ? 0 : (score - constant) / (best - constant);
}

/** What a task covers, as a share of what the same metric shows on a random split; 1 where that was not measured. */
export function stabilityOf(random: SplitScores | undefined, task: Extract<Verdict, { kind: 'task' }>): number {
  const there = random?.scores.find((score) => score.metric === task.metric.name);
  if (there === undefined) return 1;
  const reach = covered(task.metric.name, there.constant, there.model);
  return reach <= 0 ? 1 : Math.min(1, Math.max(0, task.covered / reach));
}

/** Judges the proposed split under each metric in turn: the first that makes it a task is taken. */
export function verdictOf(measured: Measured, metrics: readonly MetricChoice[]): Verdict {
  const proposed = measured.splits[0];
  if (proposed === undefined || proposed.test < FEWEST_TEST_ROWS) {
    const rows = proposed?.test ?? 0;
    return {
      kind: 'drop',
      code: 'TOO_FEW_ROWS',
      reason: `The test part would hold ${rows} rows; fewer than ${FEWEST_TEST_ROWS} rank nobody.`,
    };
  }
  let first: Verdict | null = null;
  for (const metric of metrics) {
    const scores = proposed.scores.find((item) => item.metric === metric.name);
    if (scores === undefined) continue;
    const verdict = judge(metric, scores, proposed.test);
    if (verdict.kind === 'task') return verdict;
    first ??= verdict;
  }
  return first ?? { kind: 'drop', code: 'NOT_MEASURABLE', reason: 'No quick model could be fitted to the parts.' };
}

function judge(metric: MetricChoice, scores: MetricScores, testRows: number): Verdict {
  const { direction } = metricDefinition(metric.name);
  const label = metricWord(metric.name);
  const sign = direction === 'maximize' ? 1 : -1;
  const way = covered(metric.name, scores.constant, scores.model);
  const said = `a quick model reaches ${label} ${figure(scores.model)} against ${figure(scores.constant)} for a constant`;
  if (!beyondInterval(scores.gain, sign) || way < FEWEST_COVERED) {
    return { kind: 'drop', code: 'NO_SIGNAL', reason: `There is nothing to learn: ${said}.` };
  }
  if (scores.naive !== null && scores.naive.score !== null && !beyondInterval(scores.naive.modelGain, sign)) {
    return {
      kind: 'drop',
      code: 'NO_HEADROOM',
      reason: `The rule “${scores.naive.rule}” reaches ${label} ${figure(scores.naive.score)}, a quick model ${figure(scores.model)}: nothing is gained by learning.`,
    };
  }
  const { single } = scores;
  if (single !== null && single.score !== null && beyondInterval(single.modelGain, -sign)) {
    return {
      kind: 'look-up',
      feature: single.feature,
      reason: `\`${single.feature}\` alone reaches ${label} ${figure(single.score)}, more than a model with all features (${figure(scores.model)}): the task would be a look-up`,
    };
  }
  if (single !== null && single.score !== null && !beyondInterval(single.modelGain, sign)) {
    const share = covered(metric.name, scores.constant, single.score);
    const gained = (way - share) / Math.max(1 - share, Number.EPSILON);
    if (share >= LOOK_UP_SHARE * way && way >= LOOK_UP_SHARE && gained < LEARNT_SHARE) {
      return {
        kind: 'look-up',
        feature: single.feature,
        reason: `\`${single.feature}\` alone reaches ${label} ${figure(single.score)}, a model with all features ${figure(scores.model)}: the task would be a look-up`,
      };
    }
  }
  const perfect = direction === 'maximize' && 1 - way <= ROOM_ROWS / testRows;
  if (1 - way < ROOM_LEFT || perfect) {
    const full = `there is no room left: ${said}; the best is ${metricDefinition(metric.name).best}`;
    // Without the column that says most the question may be worth asking.
    if (single !== null) return { kind: 'look-up', feature: single.feature, reason: `with it ${full}` };
    return { kind: 'drop', code: 'SATURATED', reason: `${full.charAt(0).toUpperCase()}${full.slice(1)}.` };
  }
  return { kind: 'task', metric, scores, covered: way };
}

/** Whether a paired difference points the right way by more than its interval. */
function beyondInterval(gain: MetricScores['gain'], sign: number): boolean {
  return gain !== null && sign * gain.value > (gain.halfWidth ?? Number.POSITIVE_INFINITY);
}
