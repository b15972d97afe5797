// Runs a prepare.py on a raw dataset: for the pipeline that builds a task, and for the checks that build it again.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { JobOutcome, Limits, PythonRuntime } from '../../runtime/port.ts';

const entrySchema = z.strictObject({
  path: z.string(),
  kind: z.enum(['file', 'link', 'special']),
  bytes: z.int(),
  sha256: z.string(),
});

export const preparedSchema = z.strictObject({
  /** What lies in the output folder after the run, sorted, as `public/...` and `private/...`. */
  files: z.array(entrySchema),
  /** The same after a second run over the first one's output; null when it was not asked for. */
  again: z.array(entrySchema).nullable(),
  /** The reasons that prepare.py printed for leaving rows out. */
  dropped: z.array(z.strictObject({ count: z.int(), reason: z.string() })),
  /** Attempts to change the raw dataset that the script outlived, with the line of prepare.py. */
  attempts: z.array(z.strictObject({ operation: z.string(), file: z.string(), line: z.int().nullable() })),
});
export type Prepared = z.infer<typeof preparedSchema>;

/** What preparing a task may take: room for gigabytes of media, and an end for an endless loop. */
export const prepareLimits: Partial<Limits> = { ...timeLimits(900), memoryBytes: 6 * 1024 ** 3 };

export interface PrepareRequest {
  /** Absolute path of prepare.py. */
  readonly script: string;
  /** Absolute path of the raw dataset, a folder or one file; mounted read-only. */
  readonly dataset: string;
  /** Existing folder that receives `public` and `private`. */
  readonly out: string;
  /** Run it a second time over its own output. */
  readonly twice?: boolean;
  /** Start of the global random generators: code that forgets to seed differs between two values. */
  readonly entropy?: number;
  /** A new interpreter with this PYTHONHASHSEED instead of a warm one. */
  readonly coldHashSeed?: number;
}

/** Runs `prepare(raw, public, private)` in the sandbox. */
export async function runPrepare(
  runtime: PythonRuntime,
  request: PrepareRequest,
  signal: AbortSignal,
): Promise<JobOutcome<Prepared>> {
  const single = (await stat(request.dataset)).isFile();
  const { coldHashSeed } = request;
  return runtime.run(
    {
      name: 'execute.prepare',
      args: {
        rawName: single ? path.basename(request.dataset) : null,
        twice: request.twice ?? false,
        entropy: request.entropy ?? 0,
      },
      result: preparedSchema,
      mounts: [
        { name: 'script', host: request.script, access: 'read' },
        { name: 'raw', host: request.dataset, access: 'read' },
        { name: 'out', host: request.out, access: 'write' },
      ],
      limits: prepareLimits,
      ...(coldHashSeed === undefined ? {} : { mode: 'cold' as const, hashSeed: coldHashSeed }),
    },
    signal,
  );
}
