// What the review job measures.
import { z } from 'zod';
import type { PythonJob } from '../../runtime/port.ts';
import { layout } from '../../task/layout.ts';
import type { Inputs } from '../cache/inputs.ts';
import type { CheckContext } from '../check.ts';

const count = z.int().min(0);

const columnSchema = z.strictObject({
  train: z.boolean(),
  test: z.boolean(),
  known: count,
  /** Shares of the cells that are not empty; decimals are a share of the numbers. */
  numbers: z.number(),
  decimals: z.number(),
  dates: z.number(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
});
export type ColumnFacts = z.infer<typeof columnSchema>;

const reviewSchema = z.strictObject({
  columns: z.record(z.string(), columnSchema),
  targets: z.array(
    z.strictObject({
      name: z.string(),
      classes: z.record(z.string(), z.int()),
      numbers: z
        .strictObject({ minimum: z.number(), maximum: z.number(), skew: z.number(), nearZero: z.number() })
        .nullable(),
    }),
  ),
  /** Different times in the test part of a split by time. */
  horizon: count.nullable(),
  personal: z.array(
    z.strictObject({
      column: z.string(),
      part: z.enum(['train', 'test']),
      kind: z.string(),
      count,
      distinct: count,
      /** Masked: no value leaves the probe. */
      example: z.string(),
      line: z.int(),
    }),
  ),
  /** Lines of the description that start with a test id; `log10Chance` of as many right answers. */
  restated: z
    .strictObject({ named: count, right: count, log10Chance: z.number(), line: z.int().nullable(), rows: count })
    .nullable(),
});
export type ReviewFacts = z.infer<typeof reviewSchema>;

/** What the job reads. */
export const reviewInputs: Inputs = {
  files: [layout.description, layout.train, layout.test, layout.answers],
  manifest: ['submission', 'target', 'objective', 'split'],
};

/** The job; a few tenths of a second for 20,000 rows. */
export function reviewJob({ folder }: CheckContext): PythonJob<ReviewFacts> {
  return {
    name: 'probes.review',
    args: {},
    result: reviewSchema,
    mounts: [{ name: 'package', host: folder, access: 'read' }],
  };
}
