// Runs one solver script with the public data alone.
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import { describeFailure } from '../../runtime/outcome.ts';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { maskPaths } from './masked-paths.ts';

const solvedSchema = z.strictObject({ written: z.boolean(), bytes: z.int(), strays: z.array(z.string()) });

/** What a baseline may take: CPU minutes, not hours. */
export const solverLimits = { ...timeLimits(600), memoryBytes: 6 * 1024 ** 3 };
/** A submission of a million rows and a hundred classes stays below. */
export const maxSubmissionBytes = 1_000_000_000;

export type Solved =
  | { readonly kind: 'submission'; readonly content: Buffer; readonly log: string; readonly ms: number }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** One-based line of the script, where it is known. */
      readonly line: number | null;
      /** It met a limit or died, instead of failing by its own fault. */
      readonly cut: boolean;
      readonly log: string;
      readonly ms: number;
    };

interface SolverOptions {
  /** Other public data than those of the package. */
  readonly publicData?: string;
  /** Host file that receives what the script prints while it runs. */
  readonly logFile?: string;
}

/**
 * Runs `solve(public, submission)` of a script of the package. The global random generators start anywhere, so that two
 * runs of code that forgets to seed differ.
 */
export async function runSolver(
  runtime: PythonRuntime,
  folder: string,
  script: string,
  signal: AbortSignal,
  { publicData = path.join(folder, layout.publicData), logFile }: SolverOptions = {},
): Promise<Solved> {
  const work = await makeWorkFolder('solve');
  try {
    const outcome = await runtime.run(
      {
        name: 'execute.solve',
        args: { entropy: randomInt(2 ** 32) },
        result: solvedSchema,
        mounts: [
          { name: 'script', host: path.join(folder, script), access: 'read' },
          { name: 'public', host: publicData, access: 'read' },
          { name: 'work', host: work, access: 'write' },
        ],
        limits: solverLimits,
        ...(logFile === undefined ? {} : { logFile }),
      },
      signal,
    );
    if (outcome.kind === 'cancelled') throw cancelled();
    const { log } = outcome;
    const ms = outcome.usage.wallMs;
    if (outcome.kind !== 'done') {
      const frames = outcome.kind === 'raised' ? outcome.error.frames : [];
      const line = frames.findLast(({ file }) => /^script\b/.test(file))?.line ?? null;
      const mounts = { script: path.join(folder, script), public: publicData, work };
      const reason = maskPaths(describeFailure(outcome).replace(/ \([^()]*:\d+\)$/, ''), mounts);
      return { kind: 'failed', reason, line, cut: outcome.kind !== 'raised', log, ms };
    }
    const submission = await readRegularFile(path.join(work, 'submission.csv'), maxSubmissionBytes);
    return submission.kind === 'file'
      ? { kind: 'submission', content: submission.content, log, ms }
      : { kind: 'failed', reason: `its submission is refused: ${submission.reason}`, line: null, cut: false, log, ms };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
