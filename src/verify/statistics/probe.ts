// What the statistics job measures.
import { z } from 'zod';
import type { PythonJob } from '../../runtime/port.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { Inputs } from '../cache/inputs.ts';
import type { CheckContext } from '../check.ts';
import type { TriedRun } from '../execution/runs.ts';
import { submissionFile } from '../runs/baselines.ts';
import { drawSeed, type Grades, resultSchema } from '../runs/grade.ts';

const count = z.int().min(0);
const limits = { wallSeconds: 180, cpuSeconds: 180, memoryBytes: 4 * 1024 ** 3 };

const statisticsSchema = z.strictObject({
  rows: count,
  /** Groups of the split in the test part; `spread` is the deviation of the score with rows drawn one by one. */
  clusters: z.strictObject({ count, largest: count, spread: z.number().nullable() }).nullable(),
  /** An entry with every second row right: its draws are the first of the grading. */
  halfBetter: z.strictObject({ score: z.number(), resampled: z.array(z.number().nullable()) }).nullable(),
  /** Earlier and later half in a split by time; empty elsewhere. */
  halves: z.array(z.strictObject({ rows: count, scores: z.record(z.string(), resultSchema) })),
  /** The best score that contradicting rows leave. */
  ceiling: z.number().nullable(),
  classes: z
    .strictObject({ classes: z.array(z.strictObject({ label: z.string(), rows: count, share: z.number() })) })
    .nullable(),
  tails: z.array(z.strictObject({ target: z.string(), count, share: z.number(), ids: z.array(z.string()) })),
});
export type Statistics = z.infer<typeof statisticsSchema>;

const tablesSchema = z.strictObject({
  /** Rows of both parts, and of the test part, that contradict an equal row; null without features to compare. */
  contradictions: z.strictObject({ rows: count, test: count }).nullable(),
  /** `classes` is 0 for numbers. */
  shift: z.array(z.strictObject({ target: z.string(), classes: count, difference: z.number(), p: z.number() })),
});
/** What the tables say whatever the grader: a save of metric.py does not read them again. */
export type TableStatistics = z.infer<typeof tablesSchema>;

/** Draws for what only needs a standard deviation: its relative error is about 1/sqrt(2 n), 9 % here. */
const SPREAD_DRAWS = 60;
const MACRO: readonly string[] = ['macro-f1', 'balanced-accuracy'];
const SQUARED: readonly string[] = ['rmse', 'r2'];

/** Baselines whose order is a statement about the task, worst first; the last is taken apart. */
const ENTRIES = ['constant', 'simple', 'strong'] as const;

const tables = [layout.answers, layout.train, layout.test];

export const tableInputs: Inputs = { files: tables, manifest: ['submission', 'target', 'objective'] };

/** The job that reads the tables alone. */
export function tableStatisticsJob({ folder }: Pick<CheckContext, 'folder'>): PythonJob<TableStatistics> {
  return {
    name: 'probes.statistics_tables',
    args: {},
    result: tablesSchema,
    mounts: [{ name: 'package', host: folder, access: 'read' }],
    limits,
  };
}

/** What the job with the grader reads: the tables, the grader, and the submissions by their hashes. */
export function statisticsInputs(runs: readonly TriedRun[]): Inputs {
  return {
    files: [layout.metric, ...tables],
    manifest: ['submission', 'target', 'objective', 'split', 'metric'],
    values: Object.fromEntries(runs.map((run) => [run.name, run.kind === 'run' ? run.submission : null])),
  };
}

/** The job with the grader; `contradicted` when rows of the test part contradict others. */
export function statisticsJob(
  { folder }: Pick<CheckContext, 'folder'>,
  { metric }: TaskSpec,
  grades: Grades,
  contradicted: boolean,
): PythonJob<Statistics> {
  const names = ENTRIES.filter((name) => grades[name]?.kind === 'valid');
  return {
    name: 'probes.statistics',
    args: {
      names,
      resamples: SPREAD_DRAWS,
      seed: drawSeed,
      classes: MACRO.includes(metric.name),
      squares: SQUARED.includes(metric.name),
      contradicted,
    },
    result: statisticsSchema,
    mounts: [
      { name: 'package', host: folder, access: 'read' },
      ...names.map((name) => ({
        name: `submission_${name}`,
        host: submissionFile(folder, name),
        access: 'read' as const,
      })),
    ],
    limits,
  };
}
