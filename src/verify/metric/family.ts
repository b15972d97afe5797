// Family MET: metric.py is tried with many submissions, in one job, and judged by what it did.

import { describeFailure } from '../../runtime/outcome.ts';
import type { JobOutcome } from '../../runtime/port.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { registeredMetric } from '../../task/task-metric.ts';
import { measure } from '../cache/remembered.ts';
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  concluded,
  type FamilyChecks,
  findingOf,
  skipped,
} from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { oncePer } from '../once-per.ts';
import { counterexampleOf } from '../runs/counterexamples.ts';
import { metricCatalogue as checks } from './catalogue.ts';
import { judgeConduct, judgeEnd } from './conduct.ts';
import type { Fault } from './fault.ts';
import { inTime, joinTrials, metricTrials, type TrialPart, type Trials, trialInputs } from './probe.ts';
import { judgeRefusals } from './refusals.ts';
import { judgePerfect, judgeScores, scoreChecks } from './scores.ts';
import { ending, wholeFile } from './words.ts';

const all: readonly Check[] = Object.values(checks);

/** One job of about a second serves every check. */
export const metricFamily: FamilyChecks = {
  family: 'MET',
  after: ['STR'],
  // The trials run in the sandbox whatever else is wrong with the package, and an editor waits for them.
  ahead: { after: [], start: (context) => trials(context, null) },
  checks: all,
  run: (context) =>
    withManifest(all, context, (manifest) => guarded(all, context, () => tryMetric(context, manifest.metric))),
};

const trials = oncePer(async (context): Promise<JobOutcome<Trials>> => {
  const part = (name: TrialPart) => measure(context, metricTrials(context, name), trialInputs, inTime);
  const [forms, figures] = await Promise.all([part('forms'), part('figures')]);
  if (forms.kind !== 'done') return forms;
  return figures.kind === 'done' ? { ...forms, value: joinTrials(forms.value, figures.value) } : figures;
});

/** What became of the checks: faults, and those that could not be judged with the reason. */
export interface Judgement {
  readonly faults: readonly Fault[];
  readonly skipped: ReadonlyMap<Check, string>;
}

/** Pure: from what the trials measured to what is wrong. */
export function judgeMetric(trials: Trials, metric: TaskSpec['metric']): Judgement {
  const { loaded, problem } = trials;
  if (loaded.outcome !== 'scored' || problem !== null) {
    const why = problem ?? `metric.py cannot be loaded: it ${ending(loaded)}`;
    const faults = [
      ...judgeConduct(trials),
      { check: checks.perfect, message: `${why}.`, line: loaded.line, evidence: {} },
    ];
    return { faults, skipped: except(faults, 'metric.py could not be tried (MET001)') };
  }
  const common = [...judgePerfect(trials, metric), ...judgeRefusals(trials), ...judgeConduct(trials)];
  const perfect = trials.calls.find(({ group }) => group === 'perfect');
  if (perfect?.outcome !== 'scored') {
    const reason = 'metric.py does not score the answers themselves (MET001)';
    return { faults: common, skipped: new Map(scoreChecks.map((check) => [check, reason])) };
  }
  const faults = [...common, ...judgeScores(trials, metric)];
  const unmeasured = new Map<Check, string>();
  const skip = (check: Check, reason: string) =>
    faults.some((fault) => fault.check === check) || unmeasured.set(check, reason);
  if (!trials.varied)
    for (const check of [checks.monotone, checks.useless]) skip(check, 'the answers are all the same');
  if (trials.noise.length === 0) skip(checks.monotone, 'spoilt predictions got no score');
  if (trials.reference === null) skip(checks.definition, unreferenced(metric));
  if (faults.some(({ check }) => check === checks.deterministic)) {
    for (const check of [checks.alignment, checks.roundTrip, checks.definition])
      skip(check, 'scores change from call to call (MET012)');
  }
  return { faults, skipped: unmeasured };
}

function unreferenced(metric: TaskSpec['metric']): string {
  return registeredMetric(metric) === null
    ? "the metric is the task's own: no second implementation is there to compare with"
    : 'no reference for this metric and these answers';
}

function except(faults: readonly Fault[], reason: string): Map<Check, string> {
  const rest = all.filter((check) => !faults.some((fault) => fault.check === check));
  return new Map(rest.map((check) => [check, reason]));
}

async function tryMetric(context: CheckContext, metric: TaskSpec['metric']): Promise<CheckOutcome[]> {
  const outcome = await trials(context, null);
  if (outcome.kind === 'cancelled') throw cancelled();
  if (outcome.kind === 'raised') throw new Error(describeFailure(outcome));
  if (outcome.kind !== 'done') {
    const fault = judgeEnd(outcome);
    return conclude(context, null, {
      faults: [fault],
      skipped: except([fault], 'metric.py ended the trials (MET018)'),
    });
  }
  return conclude(context, outcome.value, judgeMetric(outcome.value, metric));
}

function conclude(context: CheckContext, trials: Trials | null, judgement: Judgement): Promise<CheckOutcome[]> {
  const place = async (fault: Fault) => {
    const { check, message, evidence, severity } = fault;
    const lines = trials?.lines;
    const owner = check === checks.agreement || check === checks.silence ? lines?.validate_submission : null;
    const line = fault.line ?? owner ?? lines?.evaluate ?? null;
    const range =
      line === null
        ? await context.files.find(layout.metric, /def evaluate\b.*/)
        : await context.files.line(layout.metric, line);
    const whole = trials === null ? null : wholeFile(trials, evidence['trial']);
    const kept = whole === null ? null : counterexampleOf(check.code, whole.name, whole.text);
    const shows = kept === null ? evidence : { ...evidence, counterexample: kept.file };
    const more = severity === undefined ? {} : { severity };
    return { kept, finding: findingOf(check, { message, evidence: shows, file: layout.metric, range, ...more }) };
  };
  return Promise.all(
    all.map(async (check) => {
      const reason = judgement.skipped.get(check);
      if (reason !== undefined) return skipped(check, reason);
      const faults = judgement.faults.filter((fault) => fault.check === check);
      const placed = await Promise.all(faults.map(place));
      const counterexamples = placed.flatMap(({ kept }) => kept ?? []);
      const outcome = concluded(
        check,
        placed.map(({ finding }) => finding),
      );
      return counterexamples.length === 0 ? outcome : { ...outcome, counterexamples };
    }),
  );
}
