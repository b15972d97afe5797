// ADV001 to ADV007: whether a guess is worth more than what costs nothing.
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import type { Check } from '../check.ts';
import { gain, pairedGains, type ValidGrade } from '../runs/intervals.ts';
import { adversaryCatalogue as checks } from './catalogue.ts';
import { type AdversaryFault, percent, shown } from './fault.ts';
import type { Entry, Group, Panel } from './probe.ts';

/** Below this share of the way from the floor to the best score a gain is nothing to win with. */
const GAIN_SHARE = 0.05;
/** Standard deviations above its own shuffles: once in thousands of honest tasks. */
const INFORMED = 4;
/** From here on the ladder tells more about chance than about models. */
const HALF_WAY = 0.5;

const KNOWING: readonly (readonly [Check, readonly Group[], string])[] = [
  [checks.copy, ['copy'], layout.sampleSubmission],
  [checks.tile, ['tile'], layout.train],
  [checks.lookUp, ['position', 'nearest id'], layout.test],
  [checks.order, ['order'], layout.test],
];

export interface Standing {
  readonly metric: TaskSpec['metric'];
  readonly entries: readonly Entry[];
  readonly panel: Panel;
  /** Name of the floor's file: the constant baseline, or the best that stands in for it. */
  readonly floor: string;
  /** Score of the strong baseline, when there is one. */
  readonly strong: number | null;
}

interface Graded {
  readonly entry: Entry;
  readonly grade: ValidGrade;
  readonly shuffled: readonly number[];
}

/** Faults of the guesses; none when the floor has no score, since there is nothing to gain over. */
export function judgeGuesses(standing: Standing): AdversaryFault[] {
  const constant = validOf(standing, standing.floor);
  if (constant === null) return [];
  const chance = chanceOf(standing);
  const sign = standing.metric.direction === 'maximize' ? 1 : -1;
  const beaten = chance !== null && sign * (chance.mean - constant.score) > 0;
  const floor: Floor = beaten
    ? { name: `random guesses (${chance.kind})`, grade: chance.middle, score: chance.mean, sign }
    : { name: 'the constant baseline', grade: constant, score: constant.score, sign };
  return [
    ...KNOWING.flatMap((known) => knowing(standing, floor, ...known)),
    ...shuffles(standing, floor),
    ...constants(standing, floor),
    ...(beaten ? aboveConstant(standing, constant, chance, sign) : []),
  ];
}

interface Floor {
  readonly name: string;
  readonly grade: ValidGrade;
  readonly score: number;
  readonly sign: number;
}

function validOf({ panel }: Standing, name: string): ValidGrade | null {
  const result = panel.results[name];
  if (result?.kind !== 'valid' || result.score === undefined) return null;
  return { kind: 'valid', score: result.score, resampled: result.resampled };
}

function gradedOf(standing: Standing, groups: readonly Group[]): Graded[] {
  return standing.entries.flatMap((entry) => {
    const grade = groups.includes(entry.group) ? validOf(standing, entry.name) : null;
    const shuffled = standing.panel.results[entry.name]?.shuffled ?? [];
    return grade === null ? [] : [{ entry, grade, shuffled }];
  });
}

/** Share of the way from the floor to the best score, positive when better. */
function shareOf({ metric }: Standing, floor: Floor, score: number): number {
  const way = Math.abs(metric.best - floor.score);
  return way === 0 ? 0 : (floor.sign * (score - floor.score)) / way;
}

/** Better than the floor on every draw, and by enough to matter. */
function gains(standing: Standing, floor: Floor, grade: ValidGrade): boolean {
  if (shareOf(standing, floor, grade.score) < GAIN_SHARE) return false;
  const draws = pairedGains(standing.metric.direction, floor.grade, grade);
  return draws.length > 0 && draws.every((draw) => draw > 0);
}

function figures(standing: Standing, floor: Floor, { entry, grade }: Graded): AdversaryFault['evidence'] {
  const { value, ci95 } = gain(standing.metric.direction, floor.grade, grade);
  const share = shareOf(standing, floor, grade.score);
  return { adversary: entry.change, score: grade.score, floor: floor.score, of: floor.name, gain: value, ci95, share };
}

function knowing(
  standing: Standing,
  floor: Floor,
  check: Check,
  groups: readonly Group[],
  file: string,
): AdversaryFault[] {
  const found = gradedOf(standing, groups)
    .filter(({ grade }) => gains(standing, floor, grade))
    .map((graded) => ({ graded, errors: aboveShuffles(graded, floor.sign) }))
    .filter(({ errors }) => errors >= INFORMED)
    .sort((a, b) => b.errors - a.errors);
  const [first] = found;
  if (first === undefined) return [];
  const { entry, grade, shuffled } = first.graded;
  const message = `A solver that learns nothing scores ${shown(grade.score)} by submitting ${entry.change}; ${floor.name} gets ${shown(floor.score)}, and the same predictions dealt out to other rows ${shown(mean(shuffled))}.`;
  const evidence = {
    ...figures(standing, floor, first.graded),
    shuffled: { mean: mean(shuffled), best: bestOf(shuffled, floor.sign), draws: shuffled.length },
  };
  return [{ check, message, evidence, file, submission: entry.name }];
}

/** Standard deviations by which a score lies above those of its own shuffles. */
function aboveShuffles({ grade, shuffled }: Graded, sign: number): number {
  if (shuffled.length < 2) return 0;
  const centre = mean(shuffled);
  const spread = Math.sqrt(mean(shuffled.map((score) => (score - centre) ** 2)));
  const above = sign * (grade.score - centre);
  // Shuffles that all score the same are no spread to measure by: nothing is learnt from the place of a prediction.
  return spread > 1e-12 ? above / spread : 0;
}

function shuffles(standing: Standing, floor: Floor): AdversaryFault[] {
  const graded = gradedOf(standing, ['shuffle']);
  const scores = graded.map(({ grade }) => grade.score);
  const top = graded.toSorted((a, b) => floor.sign * (b.grade.score - a.grade.score))[0];
  if (top === undefined || !gains(standing, floor, top.grade)) return [];
  const average = mean(scores);
  if (shareOf(standing, floor, average) < GAIN_SHARE) return [];
  const message = `The sample submission, shuffled, scores ${shown(average)} on average (best of ${scores.length}: ${shown(top.grade.score)}), better than ${floor.name} with ${shown(floor.score)}: its values alone are worth more than a guess.`;
  const evidence = {
    ...figures(standing, floor, top),
    mean: average,
    best: top.grade.score,
    permutations: scores.length,
  };
  return [{ check: checks.shuffle, message, evidence, file: layout.sampleSubmission, submission: top.entry.name }];
}

function constants(standing: Standing, floor: Floor): AdversaryFault[] {
  const found = gradedOf(standing, ['constant', 'huge'])
    .filter(({ grade }) => gains(standing, floor, grade))
    .sort((a, b) => floor.sign * (b.grade.score - a.grade.score));
  const [first] = found;
  if (first === undefined) return [];
  const { entry, grade } = first;
  const wins = standing.strong !== null && floor.sign * (grade.score - standing.strong) >= 0;
  const severity = wins || entry.group === 'huge' ? 'error' : 'warning';
  const strong = wins ? `, and the strong baseline ${shown(standing.strong ?? 0)}` : '';
  const message = `Submitting ${entry.change} scores ${shown(grade.score)}; ${floor.name} gets ${shown(floor.score)}${strong}.`;
  const evidence = figures(standing, floor, first);
  // The baseline is what has to change, unless the metric lets a number beyond reason win.
  const file = severity === 'error' ? layout.metric : 'baselines/constant.py';
  return [{ check: checks.constant, message, evidence, file, submission: entry.name, severity }];
}

interface Chance {
  readonly kind: string;
  readonly mean: number;
  /** The draw in the middle, which stands for the kind where draws are compared. */
  readonly middle: ValidGrade;
  readonly name: string;
}

/** The better kind of random guess, by its mean score. */
function chanceOf(standing: Standing): Chance | null {
  const sign = standing.metric.direction === 'maximize' ? 1 : -1;
  const kinds = [...new Set(standing.entries.flatMap(({ mix }) => mix ?? []))];
  const measured = kinds.flatMap((kind) => {
    const draws = gradedOf(standing, ['draw'])
      .filter(({ entry }) => entry.mix === kind)
      .sort((a, b) => a.grade.score - b.grade.score);
    const middle = draws[Math.floor(draws.length / 2)];
    if (middle === undefined) return [];
    return [{ kind, mean: mean(draws.map(({ grade }) => grade.score)), middle: middle.grade, name: middle.entry.name }];
  });
  return measured.toSorted((a, b) => sign * (b.mean - a.mean))[0] ?? null;
}

function aboveConstant(standing: Standing, constant: ValidGrade, chance: Chance, sign: number): AdversaryFault[] {
  const { metric, strong } = standing;
  const draws = pairedGains(metric.direction, constant, chance.middle);
  if (draws.length === 0 || draws.some((draw) => draw <= 0)) return [];
  const way = strong === null ? null : sign * (strong - constant.score);
  const share = way === null ? null : way <= 0 ? 1 : (sign * (chance.mean - constant.score)) / way;
  const severity = share === null || share < HALF_WAY ? 'information' : share < 1 ? 'warning' : 'error';
  const told =
    share === null
      ? ''
      : share >= 1
        ? ' The strong baseline is no better than chance.'
        : ` That is ${percent(share)} of the way to the strong baseline.`;
  const message = `Guesses that look at no row (${chance.kind}) score ${shown(chance.mean)} on average, the constant baseline ${shown(constant.score)}: with ${metricWord(metric)} a mixture beats a constant, so this is the nature of the metric and no leak, but scores must be read against ${shown(chance.mean)}.${told}`;
  const { value, ci95 } = gain(metric.direction, constant, chance.middle);
  const evidence = {
    chance: chance.mean,
    kind: chance.kind,
    constant: constant.score,
    strong,
    gain: value,
    ci95,
    share,
  };
  return [
    { check: checks.chance, message, evidence, file: 'baselines/constant.py', submission: chance.name, severity },
  ];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function bestOf(values: readonly number[], sign: number): number {
  return values.reduce((best, value) => (sign * (value - best) > 0 ? value : best), values[0] ?? 0);
}
