// The baseline ladder as a drawing: one row per rung, its score as a dot on its 95 % interval.
import type { TaskSpec } from '../../task/spec.ts';
import type { Rung } from '../contract.ts';
import { html } from './escape.ts';
import { figure } from './summary.ts';

const WIDTH = 640;
const ROW = 34;
const LEFT = 90;
const RIGHT = 70;
const TOP = 10;
const AXIS = 34;
const TICKS = 5;
/** The best score is drawn where it does not squeeze the rungs into a corner. */
const BEST_REACH = 3;

/** Inline SVG; the table beside it says the same in figures. */
export function ladderChart(ladder: readonly Rung[], metric: TaskSpec['metric'] | null): string {
  const ends = ladder.flatMap(({ score, ci95 }) => [score, ...ci95]);
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)];
  const spread = highest - lowest || Math.abs(highest) || 1;
  const near =
    metric !== null && metric.best >= lowest - BEST_REACH * spread && metric.best <= highest + BEST_REACH * spread;
  const best = near ? metric.best : null;
  const ticks = ticksOf(Math.min(lowest, best ?? lowest), Math.max(highest, best ?? highest));
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (value: number): string => (LEFT + ((value - low) / (high - low || 1)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const bottom = TOP + ladder.length * ROW;
  const height = bottom + AXIS;
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(tick)}" y1="${TOP}" x2="${x(tick)}" y2="${bottom}"/><text class="tick" x="${x(tick)}" y="${bottom + 16}">${figure(tick)}</text>`,
  );
  const rungs = ladder.map(({ name, score, ci95 }, index) => {
    const y = TOP + index * ROW + ROW / 2;
    return `<text class="name" x="${LEFT - 12}" y="${y + 4}">${html(name)}</text>
<line class="interval" x1="${x(ci95[0])}" y1="${y}" x2="${x(ci95[1])}" y2="${y}"/>
<line class="end" x1="${x(ci95[0])}" y1="${y - 5}" x2="${x(ci95[0])}" y2="${y + 5}"/>
<line class="end" x1="${x(ci95[1])}" y1="${y - 5}" x2="${x(ci95[1])}" y2="${y + 5}"/>
<circle class="score" cx="${x(score)}" cy="${y}" r="4.5"/>
<text class="value" x="${WIDTH - RIGHT + 12}" y="${y + 4}">${figure(score)}</text>`;
  });
  const goal =
    best === null
      ? ''
      : `<line class="best" x1="${x(best)}" y1="${TOP}" x2="${x(best)}" y2="${bottom}"/><text class="tick" x="${x(best)}" y="${bottom + 30}">best</text>`;
  const label = `Scores of the baselines with 95 % intervals: ${ladder.map(({ name, score }) => `${name} ${figure(score)}`).join(', ')}.`;
  return `<svg role="img" aria-label="${html(label)}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
${grid.join('\n')}
${goal}
${rungs.join('\n')}
</svg>`;
}

/** Round numbers that enclose the range, in steps of 1, 2 or 5 times a power of ten. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low || Math.abs(high) || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
