// What table and media formulations have in common: evidence, positive class, words about size and difficulty.

import type { Json } from '../../task/canonical-json.ts';
import { type MetricName, metricDefinition } from '../../task/metrics.ts';
import type { Measured, MetricScores } from './probe-results.ts';
import type { ClassCount } from './rules/classes.ts';
import { ROUGH_TEST_ROWS } from './rules/test-size.ts';
import { count, figure } from './words/figures.ts';
import { metricWord } from './words/metric-word.ts';
import { humanised } from './words/names.ts';

/** Labels that name the outcome one looks for. */
const outcome =
  /^(1|y|yes|t|true|pos|positive|spam|fraud|churn(ed)?|default(ed)?|fail(ed|ure)?|sick|ill|disease|malignant|abnormal|attack|dead|died|survived|toxic|defect(ive)?)$/i;

/** The class whose probability is asked: the one that names an outcome, else the rarer one. */
export function positiveClass(classes: readonly ClassCount[], metric: MetricName): string {
  const named = classes.find((item) => outcome.test(item.label.trim()));
  // Average precision tells how well rows are found that are few, whatever they are called.
  return (metric === 'average-precision' ? rarest(classes) : (named ?? rarest(classes))).label;
}

/** The labels as a probe takes them: of two classes it looks for the last. */
export function rarestLast(classes: readonly ClassCount[]): readonly string[] {
  const labels = classes.map((item) => item.label);
  if (classes.length !== 2) return labels;
  const last = rarest(classes).label;
  return [...labels.filter((label) => label !== last), last];
}

/** The first of the rarest. */
function rarest(classes: readonly ClassCount[]): ClassCount {
  return classes.reduce((best, item) => (item.count < best.count ? item : best), classes[0] ?? { label: '', count: 0 });
}

/** Metrics that ask for one probability. */
export function asksProbability(metric: MetricName): boolean {
  return metricDefinition(metric).prediction === 'probability';
}

/** Why the task is worth solving: what a quick model reaches, and what is left. */
export function difficultyWords(scores: MetricScores, covered: number): string {
  const metric = metricWord(scores.metric as MetricName);
  const single = scores.single?.score;
  const alone =
    scores.single && single !== null && single !== undefined
      ? `, ${humanised(scores.single.feature)} alone ${figure(single)}`
      : '';
  const naive = scores.naive?.score;
  const history =
    scores.naive && naive !== null && naive !== undefined ? `, the rule “${scores.naive.rule}” ${figure(naive)}` : '';
  const left = Math.max(0, Math.round((1 - covered) * 100));
  return (
    `A constant scores ${metric} ${figure(scores.constant)}${alone}${history}, a quick model ${figure(scores.model)}: ` +
    `there is signal to find, and ${left} % of the way to a perfect score is left open.`
  );
}

/** A caution for the page where the test part is small; empty otherwise. */
export function cautionWords(testRows: number): string {
  return testRows < ROUGH_TEST_ROWS
    ? ` With about ${count(testRows)} test rows scores are rough: small differences mean nothing.`
    : '';
}

/** What the careless split would have shown, once it was measured and differs by more than the interval. */
export function splitEffect(measured: Measured, metric: MetricName): string {
  const [proposed, random] = measured.splits;
  const here = proposed?.scores.find((score) => score.metric === metric);
  const there = random?.scores.find((score) => score.metric === metric);
  if (here === undefined || there === undefined) return '';
  const label = metricWord(metric);
  const difference = Math.abs(here.model - there.model);
  const harmless = difference <= (here.gain?.halfWidth ?? 0);
  const figures = `a quick model scores ${label} ${figure(here.model)} here and ${figure(there.model)} on a random split`;
  return harmless ? ` The choice is a precaution: ${figures}, within the uncertainty.` : ` It matters: ${figures}.`;
}

/** The figures that people are shown. */
export function measuredEvidence(measured: Measured, scores: MetricScores): Record<string, Json> {
  const [proposed, random] = measured.splits;
  const there = random?.scores.find((score) => score.metric === scores.metric);
  return {
    metric: scores.metric,
    trainRows: proposed?.train ?? 0,
    testRows: proposed?.test ?? 0,
    constant: scores.constant,
    quickModel: scores.model,
    modelGain: scores.gain === null ? null : { ...scores.gain },
    bestSingle: scores.single === null ? null : { input: scores.single.feature, score: scores.single.score },
    historyRule: scores.naive === null ? null : { rule: scores.naive.rule, score: scores.naive.score },
    quickModelOnRandomSplit: there?.model ?? null,
    classSupport: proposed?.support?.map((item) => ({ ...item })) ?? null,
  };
}
