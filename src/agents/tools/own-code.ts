// Runs code that a model wrote to look at the raw dataset, and says what came of it in words that hold no place of this
// machine.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { timeLimits } from '../../runtime/limits.ts';
import type { JobOutcome, Limits, PythonJob, PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled } from '../../task/errors.ts';
import { maskPaths } from '../../verify/runs/masked-paths.ts';

/** A look at data, not a training run. */
export const ownCodeSeconds = 60;
const limits: Partial<Limits> = {
  ...timeLimits(ownCodeSeconds),
  memoryBytes: 2 * 2 ** 30,
  processes: 16,
  fileBytes: 256 * 2 ** 20,
  diskBytes: 512 * 2 ** 20,
  files: 10_000,
  outputBytes: 2 ** 20,
};

interface OwnCode<Result> extends Pick<PythonJob<Result>, 'name' | 'args' | 'result' | 'mode' | 'hashSeed'> {
  readonly dataset: string;
  readonly code: string;
}

export interface Failure {
  /** Type of the exception; null when the code did not end by one. */
  readonly type: string | null;
  readonly message: string;
  /** One-based line of the code; null when unknown. */
  readonly line: number | null;
}

export type Ran<Result> = { readonly printed: string } & (
  | { readonly kind: 'done'; readonly value: Result }
  | { readonly kind: 'failed'; readonly failure: Failure }
);

/** Runs it in the sandbox with the dataset to read, an empty folder to write, and no network. */
export async function runOwnCode<Result>(
  runtime: PythonRuntime,
  { dataset, code, ...job }: OwnCode<Result>,
  signal: AbortSignal,
): Promise<Ran<Result>> {
  const folder = await makeWorkFolder('look');
  try {
    const [script, work] = [path.join(folder, 'script.py'), path.join(folder, 'work')];
    await mkdir(work);
    await writeFile(script, code);
    const outcome = await runtime.run(
      {
        ...job,
        mounts: [
          { name: 'script', host: script, access: 'read' },
          { name: 'raw', host: dataset, access: 'read' },
          { name: 'work', host: work, access: 'write' },
        ],
        limits,
      },
      signal,
    );
    if (outcome.kind === 'cancelled') throw cancelled();
    const mask = (text: string) => maskPaths(text, { script, raw: dataset, work });
    const printed = mask(outcome.log);
    if (outcome.kind === 'done') return { kind: 'done', value: outcome.value, printed };
    const { type, message, line } = failureOf(outcome);
    return { kind: 'failed', printed, failure: { type, message: mask(message), line } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failureOf(outcome: Exclude<JobOutcome<unknown>, { kind: 'done' | 'cancelled' }>): Failure {
  switch (outcome.kind) {
    case 'raised': {
      const { type, message, frames } = outcome.error;
      return { type, message, line: frames.findLast(({ file }) => /^script\b/.test(file))?.line ?? null };
    }
    case 'limit':
      return { type: null, message: `It was stopped at its limit of ${limitWords[outcome.limit]}.`, line: null };
    case 'crashed':
      return { type: null, message: `It ended without a result: ${outcome.reason}`, line: null };
  }
}

const limitWords = {
  cpu: `${ownCodeSeconds} seconds of processor time`,
  wall: 'time by the clock',
  memory: '2 GB of memory',
  processes: 'processes',
  file: 'the size of one file',
  disk: 'what it may write',
  files: 'the number of files',
  output: 'what it may print',
};
