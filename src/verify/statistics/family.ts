// Family STA: how much a score on the test part can tell.
import type { TaskSpec } from '../../task/spec.ts';
import { measured } from '../cache/remembered.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, type FamilyChecks, skipped } from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { gradedRuns } from '../execution/runs.ts';
import { statisticsCatalogue as checks } from './catalogue.ts';
import { partsRefused, scoreParts } from './parts.ts';
import { statisticsInputs, statisticsJob, tableInputs, tableStatisticsJob } from './probe.ts';
import { judgeRows } from './rows.ts';
import { judgeLearning, judgeScores } from './scores.ts';

const figures: readonly Check[] = Object.values(checks).filter((check) => check !== checks.learning);

export const statisticsFamily: FamilyChecks = {
  family: 'STA',
  after: ['STR', 'EXE'],
  checks: Object.values(checks),
  run: (context) => withManifest(statisticsFamily.checks, context, (manifest) => weigh(context, manifest)),
};

async function* weigh(context: CheckContext, manifest: TaskSpec): AsyncIterable<CheckOutcome> {
  const learned = learning(context, manifest);
  learned.catch(() => undefined); // told below
  yield* guarded(figures, context, () => measure(context, manifest));
  yield* guarded([checks.learning], context, async () => [await learned]);
}

async function measure(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const [{ runs, grades }, tables] = await Promise.all([
    gradedRuns(context, manifest),
    measured(context, tableStatisticsJob(context), tableInputs),
  ]);
  const contradicted = (tables.contradictions?.test ?? 0) > 0;
  const job = statisticsJob(context, manifest, grades, contradicted);
  const found = await measured(context, job, statisticsInputs(runs));
  return [...judgeScores(manifest, grades, found), ...judgeRows(manifest, grades, found, tables)].map(
    ([check, told]) => (typeof told === 'string' ? skipped(check, told) : concluded(check, told)),
  );
}

async function learning(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome> {
  const whole = (await gradedRuns(context, manifest)).grades['simple'];
  if (whole?.kind !== 'valid') return skipped(checks.learning, 'the simple baseline has no score');
  const refused = await partsRefused(context, manifest);
  if (refused !== null) return skipped(checks.learning, refused);
  const parts = await scoreParts(context, manifest);
  if (typeof parts === 'string') return skipped(checks.learning, parts);
  return concluded(checks.learning, judgeLearning(manifest, whole, parts));
}
