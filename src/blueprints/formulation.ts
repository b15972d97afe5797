// A formulation is a hypothesis: what could be predicted from what, how it would be split and scored. The Brainstormer
// proposes it, the Designer commits to it and a blueprint builds it. It is data, small, and says why.
import { z } from 'zod';
import { labelSourceSchema } from '../dataset/profile.ts';
import { tableSourceSchema } from '../dataset/source.ts';
import { metricNames } from '../task/metrics.ts';
import { modalityNames, objectiveNames, splitKinds } from '../task/objectives.ts';
import { taskIdSchema } from '../task/spec.ts';

/** How a competitor should read a feature; decides its treatment in the baselines. */
export const featureKinds = [
  'number',
  'category',
  'boolean',
  'text',
  'datetime',
  'latitude',
  'longitude',
  'image',
  'audio',
] as const;

const featureSchema = z.strictObject({
  /** Column of the public files. */
  name: z.string().min(1),
  kind: z.enum(featureKinds),
  /** Meaning, with unit where known; one sentence for the data table of the description. */
  description: z.string(),
  /** Only in train: measured at the same moment as the target, so a forecaster will not have it. */
  historyOnly: z.boolean(),
});
export type Feature = z.infer<typeof featureSchema>;

/** A parent table whose columns are looked up through a many-to-one relation; its columns get the prefix. */
const lookupSchema = z.strictObject({
  table: tableSourceSchema,
  from: z.string(),
  to: z.string(),
  columns: z.array(z.string()).min(1),
  prefix: z.string(),
});

/** Rows of a child table summed up per row of the base table. */
const aggregateSchema = z.strictObject({
  table: tableSourceSchema,
  from: z.string(),
  to: z.string(),
  outputs: z
    .array(
      z.strictObject({
        name: z.string(),
        column: z.string().nullable(),
        function: z.enum(['count', 'sum', 'mean', 'min', 'max', 'distinct']),
      }),
    )
    .min(1),
});

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('table'),
    table: tableSourceSchema,
    lookups: z.array(lookupSchema),
    aggregates: z.array(aggregateSchema),
    /** Spellings of a missing value, by column. */
    missingCodes: z.record(z.string(), z.array(z.string())),
    /** Companion files of the same columns, for an official split. */
    parts: z.array(z.strictObject({ part: z.enum(['train', 'validation', 'test']), table: tableSourceSchema })),
  }),
  z.strictObject({
    kind: z.literal('media'),
    media: z.enum(['image', 'audio', 'text']),
    /** Folder of the collection, relative to the dataset. */
    root: z.string(),
    extensions: z.array(z.string()).min(1),
    label: labelSourceSchema,
    /** The table behind a `table` label, with further columns that become features. */
    table: tableSourceSchema.nullable(),
    broken: z.array(z.string()).describe('Files that cannot be read and are left out.'),
  }),
]);

/** Rows that share the key stay on one side of the split. */
const togetherSchema = z.discriminatedUnion('key', [
  z.strictObject({ key: z.literal('none') }),
  z.strictObject({ key: z.literal('columns'), columns: z.array(z.string()).min(1) }),
  /** Text compared after lower-casing, with punctuation and repeated white space removed. */
  z.strictObject({ key: z.literal('normalized-text'), column: z.string() }),
  /** Square blocks of the map, `degrees` wide. */
  z.strictObject({
    key: z.literal('grid'),
    latitude: z.string(),
    longitude: z.string(),
    degrees: z.number().positive(),
  }),
  /** Media files of equal content. */
  z.strictObject({ key: z.literal('content') }),
  /** Runs of consecutive file numbers, `length` numbers each: one recording session, one person. */
  z.strictObject({ key: z.literal('name-run'), pattern: z.string(), length: z.int().min(2) }),
]);

export const formulationSchema = z.strictObject({
  id: taskIdSchema,
  title: z.string().min(1),
  summary: z.string().min(1),
  /** Why the task is worth solving, and for whom. */
  rationale: z.string().min(1),
  modality: z.enum(modalityNames),
  objective: z.enum(objectiveNames),
  metric: z.strictObject({ name: z.enum(metricNames), reason: z.string().min(1) }),
  source: sourceSchema,
  target: z.strictObject({
    columns: z.array(z.strictObject({ name: z.string(), from: z.string(), description: z.string() })).min(1),
    derivation: z.string().min(1),
    /** `bins` cuts a number into ordered levels: label i holds edges[i-1] <= value < edges[i]. */
    transform: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({
        kind: z.literal('bins'),
        edges: z.array(z.number()).min(1),
        labels: z.array(z.string()).min(2),
      }),
    ]),
    /** Classes that stay, in order for ordinal targets; null for numbers. */
    classes: z.array(z.string()).min(2).nullable(),
    /** The class whose probability is asked, for metrics on one probability. */
    positive: z.string().nullable(),
  }),
  features: z.strictObject({
    kept: z.array(featureSchema),
    excluded: z.array(z.strictObject({ column: z.string(), reason: z.string() })),
  }),
  rows: z.strictObject({
    raw: z.int().min(1),
    /** Classes left out because they are too small to be learnt and scored. */
    droppedClasses: z.array(z.strictObject({ label: z.string(), count: z.int(), reason: z.string() })),
    /** Keep the first of rows that agree in every feature and in the target. */
    dropDuplicates: z.boolean(),
  }),
  split: z.strictObject({
    kind: z.enum(splitKinds),
    together: togetherSchema,
    /** For time splits: the later rows are the test part. */
    time: z.strictObject({ column: z.string(), format: z.string() }).nullable(),
    /** For several series: the columns that name a series. */
    series: z.array(z.string()),
    testFraction: z.number().gt(0).lt(1),
    seed: z.int(),
    reason: z.string().min(1),
  }),
  /** Measured grounds: scores of quick models, leaks found, effect of grouping. Shown to people. */
  evidence: z.record(z.string(), z.json()),
});
export type Formulation = z.infer<typeof formulationSchema>;
