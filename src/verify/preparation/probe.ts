// What the probe of the built data returns.
import { z } from 'zod';
import { layout } from '../../task/layout.ts';
import { measured } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';

const examples = z.strictObject({ count: z.int(), examples: z.array(z.string()) });
export type Examples = z.infer<typeof examples>;
const each = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ train: value, test: value, sample: value, answers: value });

const preparationSchema = z.strictObject({
  rows: each(z.int()),
  columns: each(z.array(z.string())),
  ids: z.strictObject({
    repeated: each(examples),
    missing: each(z.int()),
    inBoth: examples,
    sampleNotTest: examples,
    testNotSample: examples,
    answersNotTest: examples,
    testNotAnswers: examples,
    /** Strongest rank correlations of the id with a column. */
    order: z.array(z.strictObject({ column: z.string(), rho: z.number(), rows: z.int() })),
    /** Chance that a test id is above a train id; null for tiny tables. */
    sides: z.number().nullable(),
  }),
  /** Counts of labels by target, in train and in the answers. */
  classes: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.int()))),
  missingTargets: z.record(z.string(), z.record(z.string(), z.int())),
  flat: z.array(z.strictObject({ column: z.string(), empty: z.boolean(), value: z.string() })),
  damaged: z.array(
    z.strictObject({
      part: z.enum(['train', 'test']),
      column: z.string(),
      kind: z.enum(['word', 'codec']),
      count: z.int(),
      share: z.number(),
      /** All other cells of the column are numbers. */
      numeric: z.boolean(),
      example: z.string(),
      line: z.int(),
    }),
  ),
  media: z.strictObject({ absent: examples, unnamed: examples }),
});
export type Preparation = z.infer<typeof preparationSchema>;

const spellingSchema = z.strictObject({
  /** False when the raw files are no text, or too large to search. */
  read: z.boolean(),
  columns: z.array(
    z.strictObject({
      column: z.string(),
      kind: z.enum(['leading zeros', 'whole numbers', 'long numbers']),
      count: z.int(),
      distinct: z.int(),
      examples: z.array(z.string()),
    }),
  ),
});
export type Spelling = z.infer<typeof spellingSchema>;

/** What decides how the values of a table are read: ids and labels stay text. */
const SPELT = ['submission', 'target', 'objective'] as const;

/** Measures the four tables of the package. */
export function probePreparation(context: CheckContext): Promise<Preparation> {
  const mounts = [{ name: 'package', host: context.folder, access: 'read' as const }];
  const job = { name: 'probes.preparation' as const, args: {}, result: preparationSchema, mounts };
  return measured(context, job, { files: [`${layout.publicData}/**`, layout.answers], manifest: SPELT });
}

/** Searches the values of the package in the raw files. */
export function probeSpelling(context: CheckContext, dataset: string): Promise<Spelling> {
  const mounts = [
    { name: 'package', host: context.folder, access: 'read' as const },
    { name: 'raw', host: dataset, access: 'read' as const },
  ];
  const job = { name: 'probes.preparation_spelling' as const, args: {}, result: spellingSchema, mounts };
  return measured(context, job, { files: [layout.train, layout.test], manifest: SPELT, dataset: true });
}
