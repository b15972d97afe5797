// What the signal probes return. Anything else is a bug in the Python half, or forged.
import { z } from 'zod';

const classCounts = z.array(z.strictObject({ label: z.string(), count: z.int() })).nullable();
const gain = z.strictObject({ value: z.number(), halfWidth: z.number().nullable() }).nullable();
const told = { skill: z.number(), score: z.number() };

const screened = z.strictObject({
  id: z.string(),
  rows: z.int(),
  /** The target numbers its rows. */
  counter: z.boolean(),
  classes: classCounts,
  support: classCounts,
  /** Rows that repeat an earlier row in every feature, also after normalising text; and those of them with another target. */
  duplicates: z.strictObject({ exact: z.int(), normalized: z.int(), conflicting: z.int() }).nullable(),
  /** Score of the constant: accuracy for classes, RMSE for numbers. */
  floor: z.number().nullable(),
  /** `constant`: one value in all rows that have a target. */
  features: z.array(z.strictObject({ name: z.string(), ...told, counter: z.boolean(), constant: z.boolean() })),
  views: z.array(z.strictObject({ column: z.string(), view: z.string(), ...told })),
  formulas: z.array(z.strictObject({ columns: z.array(z.string()), operation: z.string(), share: z.number() })),
  restated: z.array(z.strictObject({ column: z.string(), share: z.number(), chance: z.number() })),
  /** The model without the suspicious columns; null without suspicion. */
  clean: z.strictObject(told).nullable(),
  order: z.strictObject({ place: z.number(), before: z.number() }).nullable(),
});
export type Screened = z.infer<typeof screened>;
export const screenResult = z.strictObject({ candidates: z.array(screened) });

const metricScores = z.strictObject({
  metric: z.string(),
  constant: z.number(),
  model: z.number(),
  modelName: z.string(),
  gain,
  single: z.strictObject({ feature: z.string(), score: z.number().nullable(), modelGain: gain }).nullable(),
  naive: z.strictObject({ rule: z.string(), score: z.number().nullable(), modelGain: gain }).nullable(),
});
export type MetricScores = z.infer<typeof metricScores>;

const splitScores = z.strictObject({
  name: z.string(),
  train: z.int(),
  test: z.int(),
  support: classCounts,
  scores: z.array(metricScores),
});
export type SplitScores = z.infer<typeof splitScores>;

const measured = z.strictObject({ id: z.string(), rows: z.int(), splits: z.array(splitScores) });
export type Measured = z.infer<typeof measured>;
export const signalResult = z.strictObject({ candidates: z.array(measured) });

const mediaMeasured = z.strictObject({
  id: z.string(),
  rows: z.int(),
  classes: z.array(z.strictObject({ label: z.string(), count: z.int() })),
  names: z.array(z.strictObject({ clue: z.string(), constant: z.number(), score: z.number() })),
  session: z
    .strictObject({
      length: z.int(),
      resemblance: z.number(),
      labelAfterLabel: z.number(),
      run: z.int(),
      span: z.int(),
    })
    .nullable(),
  splits: z.array(splitScores),
});
export type MediaMeasured = z.infer<typeof mediaMeasured>;
export const mediaResult = z.strictObject({ candidates: z.array(mediaMeasured) });
