// What the leakage job measures. A skill is 0 for a constant and 1 for a perfect prediction, with its standard error.
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { PythonJob } from '../../runtime/port.ts';
import { layout } from '../../task/layout.ts';
import type { Inputs } from '../cache/inputs.ts';
import type { CheckContext } from '../check.ts';

const count = z.int().min(0);
const told = { skill: z.number(), error: z.number() };
/** One-based line and its length in UTF-16 units. */
const place = z.strictObject({ file: z.string(), line: z.int(), length: count });
const examples = z.array(z.strictObject({ test: place, train: place }));
export type Place = z.infer<typeof place>;

const duplicatesSchema = z.strictObject({
  count,
  test: count,
  /** Share of different rows. */
  distinct: z.number(),
  /** Largest share of different values in one column; 1 with texts and media. */
  sharpest: z.number(),
  /** Equal rows to expect if the columns were independent. */
  expected: z.number(),
  /** The text or media column that decides, if there is one. */
  key: z.string().nullable(),
  media: z.boolean(),
  agree: z.number().nullable(),
  chance: z.number().nullable(),
  conflicting: count,
  repeated: count,
  examples,
});

const neighbours = z.strictObject({
  file: z.string(),
  alike: z.number(),
  chance: z.number(),
  errors: z.number(),
  sortedByTarget: z.boolean(),
  sortedBy: z.string().nullable(),
});

const targetSchema = z.strictObject({
  name: z.string(),
  /** 0 for numbers. */
  classes: count,
  alone: z.strictObject({
    features: z.array(
      z.strictObject({ column: z.string(), kind: z.string(), ...told, without: z.number().optional() }),
    ),
    model: z.number().nullable(),
  }),
  spelling: z.array(z.strictObject({ column: z.string(), view: z.string(), whole: z.number(), ...told })),
  emptiness: z
    .strictObject({
      together: z.strictObject(told),
      columns: z.array(z.strictObject({ column: z.string(), ...told })),
      /** Best skill of a feature that is never empty. */
      rival: z.number(),
    })
    .nullable(),
  restated: z.array(z.strictObject({ column: z.string(), share: z.number(), chance: z.number() })),
  formulas: z.array(z.strictObject({ columns: z.array(z.string()), operation: z.string(), share: z.number() })),
  ids: z.array(z.strictObject({ view: z.string(), ...told })),
  neighbours: z.array(neighbours),
  lookAhead: z.array(
    z.strictObject({ column: z.string(), steps: z.int(), series: z.string().nullable(), share: z.number() }),
  ),
  entities: z.array(
    z.strictObject({
      columns: z.array(z.string()).min(1),
      by: z.enum(['entity', 'time', 'map']),
      shared: z.number(),
      random: z.strictObject(told),
      grouped: z.strictObject(told),
    }),
  ),
  exposed: z.strictObject({
    /** Share of right values in a target column of test.csv; null when there is none. */
    column: z.number().nullable(),
    files: z.array(
      z.strictObject({
        file: z.string(),
        how: z.string(),
        share: z.number(),
        chance: z.number(),
        rows: count,
        line: z.int().nullable(),
      }),
    ),
  }),
  sample: z
    .strictObject({ agreement: z.number(), chance: z.number(), errors: z.number(), measure: z.string() })
    .nullable(),
  media: z.array(z.strictObject({ property: z.string(), content: z.boolean(), ...told })),
});
export type TargetLeaks = z.infer<typeof targetSchema>;

const leaksSchema = z.strictObject({
  problem: z.null(),
  rows: z.strictObject({ train: count, test: count }),
  features: count,
  duplicates: duplicatesSchema.nullable(),
  near: z.array(z.strictObject({ column: z.string(), count, test: count, examples })),
  alike: z.strictObject({ count, test: count, examples }).nullable(),
  groups: z
    .strictObject({
      columns: z.array(z.string()),
      shared: count,
      rows: count,
      examples: z.array(z.string()),
      place: place.nullable(),
    })
    .nullable(),
  times: z
    .strictObject({ column: z.string(), early: count, test: count, latest: z.string(), place: place.nullable() })
    .nullable(),
  shift: z.strictObject({ auc: z.number(), column: z.string().nullable() }).nullable(),
  targets: z.array(targetSchema),
  /** Start and end of each column name in the first line. */
  headers: z.record(z.enum(['train', 'test']), z.record(z.string(), z.tuple([count, count]))),
});
export type Leaks = z.infer<typeof leaksSchema>;

const resultSchema = z.union([z.strictObject({ problem: z.string() }), leaksSchema]);

/** What the job reads. */
export const leakageInputs: Inputs = {
  files: [`${layout.publicData}/**`, layout.answers],
  times: [`${layout.publicData}/**`], // when a file was written may tell its label
  manifest: ['submission', 'target', 'objective', 'split'],
};

/** The job that measures a package; seconds for 20,000 rows. */
export function leakageJob({ folder }: CheckContext): PythonJob<z.infer<typeof resultSchema>> {
  return {
    name: 'probes.leakage',
    args: {},
    result: resultSchema,
    mounts: [{ name: 'package', host: folder, access: 'read' }],
    limits: timeLimits(180),
  };
}
