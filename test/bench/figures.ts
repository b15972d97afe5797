// What the benchmark measures, as data, and as the tables that people read.
import { z } from 'zod';

/** Milliseconds from a save to findings, and the largest that the goal allows. */
export const SAVE_GOAL = { rows: 10_000, ms: 300 };
/** Milliseconds of a full verification of a table of so many rows. */
export const FULL_GOAL = { rows: 20_000, ms: 10_000 };

const measure = z.strictObject({ wallMs: z.number(), cpuMs: z.number() });
const spread = z.strictObject({ median: z.number(), p90: z.number(), cpuMedian: z.number() });

export const fullSchema = z.strictObject({
  kind: z.string(),
  rows: z.int(),
  /** A new process: its packages have to be loaded. */
  cold: measure,
  /** The process is warm, and nothing is remembered. */
  warm: measure.extend({ peakMiB: z.number() }),
  /** Everything is remembered. */
  unchanged: measure,
  /** The same checks, each job in a new interpreter. */
  fresh: measure.nullable(),
});
export type FullFigures = z.infer<typeof fullSchema>;

export const saveSchema = z.strictObject({
  rows: z.int(),
  saves: z.int(),
  /** STR and MET: what an editor shows first. */
  first: spread,
  /** From the save until all other families that depend on metric.py have answered as well. */
  settled: spread,
  /** The same families, each job in a new interpreter; one save. */
  fresh: measure.nullable(),
});
export type SaveFigures = z.infer<typeof saveSchema>;

export const figuresSchema = z.strictObject({
  load: z.strictObject({ before: z.number(), after: z.number() }),
  cores: z.int(),
  full: z.array(fullSchema),
  saves: z.array(saveSchema),
});
export type Figures = z.infer<typeof figuresSchema>;

/** The tables, and whether the goals were met in this run. */
export function tablesOf({ load, cores, full, saves }: Figures): string {
  const line = (...cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(24) : String(cell).padStart(17))).join('');
  const both = (told: z.infer<typeof measure> | null): string =>
    told === null ? '' : `${ms(told.wallMs)} (${ms(told.cpuMs)})`;
  const lines = [`${cores} cores, load ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after`];
  if (full.length > 0) {
    lines.push('', 'Full verification without models, ms (processor time of all jobs and of Node in brackets)');
    lines.push(line('', 'cold', 'warm', 'unchanged', 'new interpreters', 'peak MiB'));
    for (const { kind, rows, cold, warm, unchanged, fresh } of full)
      lines.push(line(`${kind}, ${rows} rows`, ...[cold, warm, unchanged, fresh].map(both), ms(warm.peakMiB)));
  }
  if (saves.length > 0) {
    lines.push('', 'Save of metric.py, ms: first findings (STR, MET), and everything that depends on it');
    lines.push(line('', 'first: median', 'p90', 'cpu', 'all: median', 'p90', 'cpu', 'new interpreters'));
    for (const { rows, first, settled, fresh } of saves) {
      const spreads = [first, settled].flatMap(({ median, p90, cpuMedian }) => [median, p90, cpuMedian].map(ms));
      lines.push(line(`${rows} test rows`, ...spreads, both(fresh)));
    }
  }
  return [...lines, '', ...goals({ full, saves })].join('\n');
}

function goals({ full, saves }: Pick<Figures, 'full' | 'saves'>): string[] {
  const told: string[] = [];
  const goal = (what: string, value: number, allowed: number): unknown =>
    told.push(`Goal: ${what} <= ${allowed} ms: ${ms(value)} ms, ${value <= allowed ? 'met' : 'missed'} in this run.`);
  for (const { rows, first, settled } of saves.filter((save) => save.rows === SAVE_GOAL.rows)) {
    goal(`first findings after a save at ${rows} test rows`, first.median, SAVE_GOAL.ms);
    goal(`all findings after a save at ${rows} test rows`, settled.median, SAVE_GOAL.ms);
  }
  for (const { kind, rows, warm } of full.filter((each) => each.kind === 'tabular' && each.rows >= FULL_GOAL.rows))
    goal(`full verification, ${kind}, ${rows} rows, warm`, warm.wallMs, FULL_GOAL.ms);
  return told;
}

const ms = (value: number): string => String(Math.round(value));
