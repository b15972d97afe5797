// Bootstrap intervals (Efron & Tibshirani 1993, percentile method) and paired gains from shared draws.
import type { BaselineName } from '../../task/layout.ts';
import type { Rung } from '../contract.ts';
import type { Graded } from './grade.ts';

const CONFIDENCE = 0.95;

export type ValidGrade = Extract<Graded, { kind: 'valid' }>;
type Interval = [number, number];

/** The 95 % interval of a value from its draws; it always holds the value, and is that value where no draw is defined. */
export function interval(value: number, draws: readonly (number | null)[]): Interval {
  const sorted = draws.filter((draw) => draw !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return [value, value];
  const tail = (1 - CONFIDENCE) / 2;
  return [Math.min(value, quantile(sorted, tail)), Math.max(value, quantile(sorted, 1 - tail))];
}

/** Linear interpolation between order statistics. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** How much better `upper` is than `lower` on each draw, positive when better; draws undefined for either are left out. */
export function pairedGains(direction: 'maximize' | 'minimize', lower: ValidGrade, upper: ValidGrade): number[] {
  const sign = direction === 'maximize' ? 1 : -1;
  return upper.resampled.flatMap((score, index) => {
    const other = lower.resampled[index] ?? null;
    return score === null || other === null ? [] : [sign * (score - other)];
  });
}

/** How much better `upper` is than `lower`, positive when better, with the interval of the paired differences. */
export function gain(
  direction: 'maximize' | 'minimize',
  lower: ValidGrade,
  upper: ValidGrade,
): { value: number; ci95: Interval } {
  const sign = direction === 'maximize' ? 1 : -1;
  const value = sign * (upper.score - lower.score);
  return { value, ci95: interval(value, pairedGains(direction, lower, upper)) };
}

/** The rungs of the valid baselines, worst first as they stand in the ladder. */
export function rungsOf(
  direction: 'maximize' | 'minimize',
  grades: readonly (readonly [BaselineName, ValidGrade])[],
): Rung[] {
  return grades.map(([name, grade], index) => {
    const below = grades[index - 1];
    return {
      name,
      score: grade.score,
      ci95: interval(grade.score, grade.resampled),
      gain: below === undefined ? null : gain(direction, below[1], grade),
    };
  });
}
