// EXE004 to EXE008: what the scores of the baselines say about the task.
import type { Finding } from '../../task/findings.ts';
import { type BaselineName, layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { scriptOf } from '../runs/baselines.ts';
import type { Grades } from '../runs/grade.ts';
import { gain, interval, pairedGains, type ValidGrade } from '../runs/intervals.ts';
import { shown } from '../shown-number.ts';
import { executionCatalogue as checks } from './catalogue.ts';

/**
 * Every sample submission is a draw, and one in forty lies above a 95 % interval by chance. So it must be better on every
 * resampled test part, and by this share of the way from the constant to the best score.
 */
const SAMPLE_SHARE = 0.05;
/** Share of the way from trivial to best at which a simple baseline has found the answer rather than learnt it. */
const LOOK_UP_SHARE = 0.999;
/** Errors have no best score to reach within an interval: a quick model that takes this share of the way leaves no room. */
const SATURATED_SHARE = 0.98;
/** Scores of one script differ a little between machines and library versions. */
const DIFFICULTY_TOLERANCE = 0.01;

/** The checks in this file, in order. */
export const ladderChecks: readonly Check[] = [
  checks.sample,
  checks.signal,
  checks.order,
  checks.headroom,
  checks.difficulty,
];

/** Judges the ladder; a check whose rungs are missing is skipped, since EXE001 or EXE002 tell why. */
export async function checkLadder(context: CheckContext, manifest: TaskSpec, grades: Grades): Promise<CheckOutcome[]> {
  const of = (name: BaselineName): ValidGrade | null => {
    const grade = grades[name];
    return grade?.kind === 'valid' ? grade : null;
  };
  const [sample, constant, simple, strong] = [of('sample'), of('constant'), of('simple'), of('strong')];
  const missing = 'a baseline that it compares has no score';
  const { direction } = manifest.metric;
  return [
    sample === null || constant === null
      ? skipped(checks.sample, missing)
      : concluded(checks.sample, sampleTooGood(manifest.metric, sample, constant)),
    strong === null || constant === null
      ? skipped(checks.signal, missing)
      : concluded(checks.signal, noSignal(direction, constant, strong)),
    strong === null || constant === null || simple === null
      ? skipped(checks.order, missing)
      : concluded(checks.order, disorder(direction, constant, simple, strong)),
    strong === null || constant === null
      ? skipped(checks.headroom, missing)
      : concluded(checks.headroom, saturation(manifest, constant, simple, strong)),
    manifest.difficulty === null
      ? skipped(checks.difficulty, 'the manifest declares no difficulty yet')
      : concluded(
          checks.difficulty,
          await declared(context, manifest, manifest.difficulty, { constant, simple, strong }),
        ),
  ];
}

type Direction = TaskSpec['metric']['direction'];

function sampleTooGood({ direction, best }: TaskSpec['metric'], sample: ValidGrade, constant: ValidGrade): Finding[] {
  const { value, ci95 } = gain(direction, constant, sample);
  const share = value / Math.abs(best - constant.score);
  if (!(share >= SAMPLE_SHARE) || pairedGains(direction, constant, sample).some((draw) => draw <= 0)) return [];
  const message = `The sample submission scores ${shown(sample.score)}, better than the best constant with ${shown(constant.score)} (gain ${shown(value)}, 95 % interval ${shown(ci95[0])} to ${shown(ci95[1])}).`;
  const evidence = { sample: sample.score, constant: constant.score, gain: value, share, ci95 };
  return [findingOf(checks.sample, { message, file: layout.sampleSubmission, evidence })];
}

function noSignal(direction: Direction, constant: ValidGrade, strong: ValidGrade): Finding[] {
  const { value, ci95 } = gain(direction, constant, strong);
  if (ci95[0] > 0) return [];
  const message = `The strong baseline scores ${shown(strong.score)}, the constant one ${shown(constant.score)}: the gain of ${shown(value)} may be chance (95 % interval ${shown(ci95[0])} to ${shown(ci95[1])}).`;
  const evidence = { strong: strong.score, constant: constant.score, gain: value, ci95 };
  return [findingOf(checks.signal, { message, file: scriptOf('strong'), evidence })];
}

function disorder(direction: Direction, constant: ValidGrade, simple: ValidGrade, strong: ValidGrade): Finding[] {
  const found: Finding[] = [];
  const compare = (lower: ValidGrade, upper: ValidGrade, names: readonly [string, BaselineName], wrong: string) => {
    const { value, ci95 } = gain(direction, lower, upper);
    if (ci95[0] > 0) return;
    const message = `The ${names[1]} baseline ${wrong} the ${names[0]} one: ${shown(upper.score)} against ${shown(lower.score)} (gain ${shown(value)}, 95 % interval ${shown(ci95[0])} to ${shown(ci95[1])}).`;
    const evidence = { [names[1]]: upper.score, [names[0]]: lower.score, gain: value, ci95 };
    found.push(findingOf(checks.order, { message, file: scriptOf(names[1]), evidence }));
  };
  compare(constant, simple, ['constant', 'simple'], 'is not told apart from');
  const top = gain(direction, simple, strong);
  if (top.ci95[1] < 0) compare(simple, strong, ['simple', 'strong'], 'is worse than');
  else compare(simple, strong, ['simple', 'strong'], 'is not told apart from');
  return found;
}

function saturation(
  { metric: { best } }: TaskSpec,
  constant: ValidGrade,
  simple: ValidGrade | null,
  strong: ValidGrade,
): Finding[] {
  const way = best - constant.score;
  if (way === 0) {
    const message = `The constant baseline already has the best score, ${shown(best)}.`;
    return [findingOf(checks.headroom, { message, file: scriptOf('constant'), evidence: { best }, severity: 'error' })];
  }
  const covered = simple === null ? 0 : (simple.score - constant.score) / way;
  if (simple !== null && covered >= LOOK_UP_SHARE) {
    const message = `The simple baseline scores ${shown(simple.score)}, the best score being ${shown(best)}: the answer can be looked up.`;
    const evidence = { simple: simple.score, best, covered };
    return [findingOf(checks.headroom, { message, file: scriptOf('simple'), evidence, severity: 'error' })];
  }
  const [low, high] = interval(strong.score, strong.resampled);
  const reached = best <= high && best >= low;
  if (!reached && (strong.score - constant.score) / way < SATURATED_SHARE) return [];
  const how = reached
    ? `and its 95 % interval (${shown(low)} to ${shown(high)}) reaches the best score ${shown(best)}`
    : `and leaves less than 2 % of the way from the constant ${shown(constant.score)} to the best score ${shown(best)}`;
  const message = `The strong baseline scores ${shown(strong.score)} ${how}.`;
  return [
    findingOf(checks.headroom, {
      message,
      file: scriptOf('strong'),
      evidence: { strong: strong.score, ci95: [low, high], best },
    }),
  ];
}

async function declared(
  context: CheckContext,
  { metric }: TaskSpec,
  difficulty: NonNullable<TaskSpec['difficulty']>,
  measured: Readonly<Record<'constant' | 'simple' | 'strong', ValidGrade | null>>,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const tolerance = DIFFICULTY_TOLERANCE * Math.abs(metric.best - difficulty.trivial) + Number.EPSILON;
  const entries = [
    ['trivial', measured.constant],
    ['simple', measured.simple],
    ['strong', measured.strong],
  ] as const;
  for (const [entry, grade] of entries) {
    const value = difficulty[entry];
    if (value === null || grade === null || Math.abs(value - grade.score) <= tolerance) continue;
    const message = `The manifest declares ${shown(value)} for ${entry}; the baseline scores ${shown(grade.score)}.`;
    const range = await context.files.manifestEntry('difficulty', entry);
    const evidence = { declared: value, measured: grade.score, tolerance };
    found.push(findingOf(checks.difficulty, { message, file: layout.manifest, range, evidence }));
  }
  return found;
}
