// STA007 and STA009 to STA011: the rows and classes that a score rests on.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { registeredMetric } from '../../task/task-metric.ts';
import { findingOf } from '../check.ts';
import type { Grades } from '../runs/grade.ts';
import { shown } from '../shown-number.ts';
import { statisticsCatalogue as checks } from './catalogue.ts';
import type { Statistics, TableStatistics } from './probe.ts';
import type { Judged } from './scores.ts';

/** A quarter of the headroom that nobody can close is more than usual differences between good entries. */
const CLOSED_SHARE = 0.25;
/** A class is a test part of its own in a macro metric, and one of fewer rows would be refused (PRE011). */
const CLASS_ROWS = 50;
/** Below this PRE012 speaks. */
const PRE012_ROWS = 10;
/** A class is rare below half of its equal share of rows, and decides the score above half of the variance. */
const RARE_SHARE = 0.5;
const DECISIVE_SHARE = 0.5;
const TAIL_SHARE = 0.5;
/** So unlikely and so large that stratifying would have been noticed. */
const SHIFT_P = 0.001;
const SHIFT_DIFFERENCE = 0.05;

/** Judges rows, classes and answers. Pure: everything measured comes in. */
export function judgeRows(manifest: TaskSpec, grades: Grades, measured: Statistics, tables: TableStatistics): Judged[] {
  const { kind } = manifest.split;
  const own = registeredMetric(manifest.metric) === null;
  const unfit = (verb: string, object: string): string =>
    own
      ? `whether a metric of the task itself ${verb}s ${object} is not known`
      : `the metric does not ${verb} ${object}`;
  return [
    [checks.ceiling, bounded(manifest, grades, measured, tables)],
    [checks.rarest, measured.classes === null ? unfit('average', 'over classes') : decisive(measured.classes.classes)],
    [checks.tails, measured.tails.length === 0 ? unfit('square', 'errors') : heavy(measured)],
    [
      checks.shift,
      kind === 'random' || kind === 'stratified' ? shifted(tables) : `the split is declared to be by ${kind}`,
    ],
  ];
}

function bounded(
  { metric: { best } }: TaskSpec,
  grades: Grades,
  { ceiling: score }: Statistics,
  { contradictions }: TableStatistics,
): Finding[] | string {
  const strong = grades['strong'];
  if (contradictions === null) return 'the rows have no features that can be compared';
  if (strong?.kind !== 'valid') return 'the strong baseline has no score';
  const { rows, test } = contradictions;
  const room = Math.abs(best - strong.score);
  if (score === null || test === 0 || room === 0) return [];
  const closed = Math.abs(best - score) / room;
  if (closed < CLOSED_SHARE) return [];
  const message = `${test} test rows (${rows} with train) contradict a row of equal features: no entry scores above ${shown(score)}, where the best is ${shown(best)} and the strong baseline has ${shown(strong.score)}.`;
  const evidence = { rows, test, ceiling: score, best, strong: strong.score, closed };
  return [findingOf(checks.ceiling, { message, file: layout.answers, evidence })];
}

function decisive(classes: readonly { label: string; rows: number; share: number }[]): Finding[] {
  const total = classes.reduce((sum, { rows }) => sum + rows, 0);
  return classes.flatMap(({ label, rows, share }) => {
    const rare = rows < CLASS_ROWS && rows < (RARE_SHARE * total) / classes.length;
    if (!rare || rows < PRE012_ROWS || share < DECISIVE_SHARE) return [];
    const message = `${shown(100 * share)} % of the variance of the score comes from the class "${label}", which has ${rows} of ${total} test rows.`;
    const evidence = { label, rows, total, share };
    return [findingOf(checks.rarest, { message, file: layout.answers, evidence })];
  });
}

function heavy({ tails, rows }: Statistics): Finding[] {
  return tails.flatMap(({ target, count, share, ids }) => {
    if (share < TAIL_SHARE) return [];
    const message = `${shown(100 * share)} % of the squared error of the strong baseline in "${target}" comes from ${count} of ${rows} test rows, for instance id ${ids[0]}.`;
    return [findingOf(checks.tails, { message, file: layout.answers, evidence: { target, count, rows, share, ids } })];
  });
}

function shifted({ shift }: TableStatistics): Finding[] {
  return shift.flatMap(({ target, classes, difference, p }) => {
    if (p >= SHIFT_P || difference < SHIFT_DIFFERENCE) return [];
    const what = classes > 0 ? 'the share of a class differs' : 'the cumulated shares differ';
    const message = `"${target}" is distributed differently in train and test: ${what} by ${shown(100 * difference)} points (p = ${p.toExponential(1)}).`;
    return [findingOf(checks.shift, { message, file: layout.answers, evidence: { target, classes, difference, p } })];
  });
}
