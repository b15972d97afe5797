// The baseline ladder as a table for people.
import type { Rung } from '../verify/contract.ts';
import { figure } from '../verify/report/summary.ts';
import { aligned } from './terminal.ts';

/** One line per rung, worst first, with its interval and the paired gain over the rung below. */
export function ladderLines(ladder: readonly Rung[], seconds?: ReadonlyMap<string, number>): string[] {
  if (ladder.length === 0) return [];
  const header = [
    'baseline',
    'score',
    '95 % interval',
    'gain',
    '95 % interval',
    ...(seconds === undefined ? [] : ['seconds']),
  ];
  const rows = ladder.map(({ name, score, ci95, gain }) => [
    name,
    figure(score),
    range(ci95),
    gain === null ? '' : figure(gain.value),
    gain === null ? '' : range(gain.ci95),
    ...(seconds === undefined ? [] : [(seconds.get(name) ?? 0).toFixed(1)]),
  ]);
  return aligned([header, ...rows], [1, 3, 5]);
}

function range([low, high]: readonly [number, number]): string {
  return `${figure(low)} to ${figure(high)}`;
}
