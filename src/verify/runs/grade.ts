// Scores submissions of one task in one job, with the same draws of test rows for all of them.
import path from 'node:path';
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import { describeFailure } from '../../runtime/outcome.ts';
import type { Limits, PythonRuntime } from '../../runtime/port.ts';
import { cancelled } from '../../task/errors.ts';
import { maskPaths } from './masked-paths.ts';

export const validSchema = z.strictObject({
  kind: z.literal('valid'),
  score: z.number(),
  /** Scores on resampled test rows; null where the metric is undefined on a draw. */
  resampled: z.array(z.number().nullable()),
});

export const resultSchema = z.discriminatedUnion('kind', [
  validSchema,
  /** The submission breaks the rules; the message is what a competitor reads. */
  z.strictObject({ kind: z.literal('invalid'), message: z.string() }),
  /** The metric itself fails or returns no number. */
  z.strictObject({ kind: z.literal('broken'), message: z.string() }),
]);
export type Graded = z.infer<typeof resultSchema>;
export type Grades = Readonly<Record<string, Graded>>;

/** Results by the name of the submission. */
export const gradesSchema = z.record(z.string(), resultSchema);
const gradedSchema = z.strictObject({ rows: z.int(), results: gradesSchema });

const limits: Partial<Limits> = { ...timeLimits(300), memoryBytes: 4 * 1024 ** 3 };
/** Draws are the same in every run of every task. */
export const drawSeed = 20_240_601;

/**
 * Draws by test size. 2,000 are usual, but each draw is a call of somebody's metric.py (1 to 5 ms) for every baseline, and
 * a save must not wait for that: 400 draws place the ends of a 95 % interval to within a tenth of its width.
 */
function resamples(testRows: number): number {
  if (testRows <= 1_000) return 400;
  return testRows <= 10_000 ? 200 : 100;
}

/**
 * Grades files by name with the metric.py and the answers of a package. A job that fails as a whole (a metric that cannot
 * be loaded, that hangs, that eats the memory) gives every submission the result `broken`.
 */
export async function gradeFiles(
  runtime: PythonRuntime,
  folder: string,
  files: ReadonlyMap<string, string>,
  testRows: number,
  signal: AbortSignal,
): Promise<Grades> {
  const names = [...files.keys()];
  if (names.length === 0) return {};
  const outcome = await runtime.run(
    {
      name: 'execute.grade',
      args: { names, resamples: resamples(testRows), seed: drawSeed },
      result: gradedSchema,
      mounts: [
        { name: 'package', host: path.resolve(folder), access: 'read' },
        ...[...files].map(([name, host]) => ({ name: `submission_${name}`, host, access: 'read' as const })),
      ],
      limits,
    },
    signal,
  );
  if (outcome.kind === 'cancelled') throw cancelled();
  if (outcome.kind === 'done') return outcome.value.results;
  const message = maskPaths(describeFailure(outcome), { package: path.resolve(folder) });
  return Object.fromEntries(names.map((name) => [name, { kind: 'broken', message }]));
}
