// The figures about what happened to a task: the ladder of its baselines, and how long each stage took.
import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import type { Rung } from '../contract.ts';
import type { Figure } from './figure.ts';
import { duration, number, percent } from './words.ts';

/** How many times the ladder's own width the way to the best score may be, before it would squeeze the rungs. */
const MOST_EMPTY = 3;

/** The ladder with its intervals; null when no baseline has a score. */
export function ladderFigure(rungs: readonly Rung[], spec: TaskSpec): Figure | null {
  if (rungs.length === 0) return null;
  const { direction, best } = spec.metric;
  const name = metricWord(spec.metric);
  const low = Math.min(...rungs.map(({ ci95, score }) => Math.min(ci95[0], score)));
  const high = Math.max(...rungs.map(({ ci95, score }) => Math.max(ci95[1], score)));
  const width = high - low || Math.abs(high) || 1;
  const near = best >= low - MOST_EMPTY * width && best <= high + MOST_EMPTY * width;
  const headroom = spec.difficulty?.headroom ?? null;
  const open = headroom === null ? '' : ` Strong leaves ${percent(headroom)} of the way from trivial to best open.`;
  return {
    kind: 'ladder',
    id: 'ladder',
    title: 'Baseline ladder',
    summary: `${name}, ${direction === 'maximize' ? 'higher' : 'lower'} is better; the best score is ${number(best)}.${open}`,
    axis: name,
    rungs: rungs.map((rung) => ({ name: rung.name, score: rung.score, low: rung.ci95[0], high: rung.ci95[1] })),
    best: near ? best : null,
    table: {
      header: ['Baseline', 'Score', '95 % interval', 'Gain over the one before', '95 % interval of the gain'],
      rows: rungs.map(({ name: rung, score, ci95, gain }) => [
        rung,
        number(score),
        range(ci95),
        gain === null ? 'none' : number(gain.value),
        gain === null ? 'none' : range(gain.ci95),
      ]),
    },
  };
}

function range([low, high]: readonly [number, number]): string {
  return `${number(low)} to ${number(high)}`;
}

/** One stage of the run that made a task, in the order in which they ran. */
export interface StageTime {
  readonly stage: string;
  readonly ms: number;
  /** Its result was taken from an earlier attempt. */
  readonly reused: boolean;
}

/** The stages one after the other; null when no run is known. `cost` says what models were paid. */
export function timelineFigure(stages: readonly StageTime[], cost: string): Figure | null {
  if (stages.length === 0) return null;
  let at = 0;
  const placed = stages.map(({ stage, ms }, index) => {
    const from = at / 1000;
    at += ms;
    return { name: `${index + 1}. ${stage}`, from, to: at / 1000 };
  });
  return {
    kind: 'timeline',
    id: 'timeline',
    title: 'Timeline of the run',
    summary: `${stages.length} stages in ${duration(at)}; ${cost}.`,
    stages: placed,
    table: {
      header: ['Stage', 'Duration'],
      rows: stages.map(({ stage, ms, reused }) => [stage, reused ? 'reused' : duration(ms)]),
    },
  };
}
