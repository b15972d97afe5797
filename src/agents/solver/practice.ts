// A practice task: a part of train held out as test rows, with the task's own grader and without its private answers.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import { describeFailure } from '../../runtime/outcome.ts';
import type { PythonRuntime } from '../../runtime/port.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import { maskPaths } from '../../verify/runs/masked-paths.ts';

const cutSchema = z.union([
  z.strictObject({
    train: z.int(),
    test: z.int(),
    /** In words. */
    how: z.string(),
  }),
  z.strictObject({ reason: z.string() }),
]);

export type Practice =
  | {
      readonly kind: 'practice';
      /** A folder with the layout of a package, as far as solvers and graders look. */
      readonly folder: string;
      readonly rows: { readonly train: number; readonly test: number };
      readonly how: string;
    }
  /** Train does not allow it; a solver then works without a score. */
  | { readonly kind: 'none'; readonly reason: string };

/** Cuts are the same in every run of a task. */
const SEED = 20_240_601;
/** Media are copied: minutes for gigabytes. */
const limits = { ...timeLimits(300), diskBytes: 16 * 1024 ** 3, files: 1_000_000 };

/** Makes the practice task of the package in `task`, in the empty folder `folder`. */
export async function makePractice(
  task: string,
  folder: string,
  { runtime, signal }: { readonly runtime: PythonRuntime; readonly signal: AbortSignal },
): Promise<Practice> {
  const mounts = {
    public: path.join(task, layout.publicData),
    manifest: path.join(task, layout.manifest),
    work: folder,
  };
  const outcome = await runtime.run(
    {
      name: 'execute.holdout',
      args: { seed: SEED },
      result: cutSchema,
      mounts: [
        { name: 'public', host: mounts.public, access: 'read' },
        { name: 'manifest', host: mounts.manifest, access: 'read' },
        { name: 'work', host: mounts.work, access: 'write' },
      ],
      limits,
    },
    signal,
  );
  if (outcome.kind === 'cancelled') throw cancelled();
  if (outcome.kind !== 'done') return { kind: 'none', reason: maskPaths(describeFailure(outcome), mounts) };
  if ('reason' in outcome.value) return { kind: 'none', reason: outcome.value.reason };
  const { train, test, how } = outcome.value;
  for (const file of [layout.manifest, layout.metric]) await copyFile(path.join(task, file), path.join(folder, file));
  return { kind: 'practice', folder, rows: { train, test }, how };
}
