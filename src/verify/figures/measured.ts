// What the figures of a report are drawn from, measured once for equal bytes.
import { z } from 'zod';
import { describeFailure } from '../../runtime/outcome.ts';
import type { PythonJob, PythonRuntime } from '../../runtime/port.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import type { Log } from '../../task/ports.ts';
import type { Inputs } from '../cache/inputs.ts';
import type { Memory } from '../cache/memory.ts';
import { measure } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { PackageFiles } from '../package/files.ts';
import { maskPaths } from '../runs/masked-paths.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const unit = z.number().min(-1).max(1);

const distribution = z.strictObject({
  name: z.string(),
  classes: z
    .strictObject({
      shown: z.array(z.strictObject({ label: z.string(), train: count, test: count })),
      /** Classes without a bar of their own. */
      rest: z.strictObject({ classes: count, train: count, test: count }),
    })
    .nullable(),
  histogram: z
    .strictObject({
      edges: z.array(z.number()),
      train: z.array(count),
      test: z.array(count),
      /** Values beyond the first and last edge. */
      outside: count,
      minimum: z.number(),
      maximum: z.number(),
    })
    .nullable(),
  /** Empty cells in train and test. */
  missing: z.tuple([count, count]),
});
export type Distribution = z.infer<typeof distribution>;

const measuredSchema = z.strictObject({
  targets: z.array(distribution),
  missing: z.strictObject({
    columns: z.array(z.strictObject({ column: z.string(), train: share.nullable(), test: share.nullable() })),
    /** Columns with an empty cell, and all. */
    lacking: count,
    all: count,
  }),
  texts: z
    .strictObject({ column: z.string(), samples: z.array(z.strictObject({ text: z.string(), label: z.string() })) })
    .nullable(),
  media: z.strictObject({
    pictures: z.array(
      z.strictObject({
        label: z.string(),
        source: z.string().regex(/^data:image\/png;base64,[A-Za-z0-9+/=]*$/),
        width: count,
        height: count,
      }),
    ),
    sounds: z.array(
      z.strictObject({
        label: z.string(),
        seconds: z.number().min(0),
        shown: z.number().min(0),
        low: z.array(unit),
        high: z.array(unit),
      }),
    ),
    unread: count,
  }),
});
export type MeasuredFigures = z.infer<typeof measuredSchema>;

/** Media files stand for themselves in the tables; a changed one changes its thumbnail. */
const inputs: Inputs = {
  files: [`${layout.publicData}/**`, layout.answers],
  manifest: ['submission', 'target', 'objective'],
};

function figuresJob(folder: string): PythonJob<MeasuredFigures> {
  return {
    name: 'probes.figures',
    args: {},
    result: measuredSchema,
    mounts: [{ name: 'package', host: folder, access: 'read' }],
    limits: { wallSeconds: 120, cpuSeconds: 120, memoryBytes: 4 * 1024 ** 3 },
  };
}

export interface FiguresRequest {
  readonly runtime: PythonRuntime;
  readonly memory: Memory;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Measures what the figures of a package show; a reason instead when it cannot be measured, as for a broken table.
 * @throws ForgeError when cancelled, or when no usable Python environment exists.
 */
export async function measureFigures(folder: string, request: FiguresRequest): Promise<MeasuredFigures | string> {
  const files = new PackageFiles(folder, request.memory.hashes);
  const context: CheckContext = { ...request, folder, files, manifest: null, ladder: [] };
  const outcome = await measure(context, figuresJob(folder), inputs);
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'cancelled') throw cancelled();
  return maskPaths(describeFailure(outcome), { package: folder });
}
