// What the Python half measures of a dataset. Measurements only: what they mean is judged in TypeScript.
import { z } from 'zod';
import { tableSourceSchema } from './source.ts';

const count = z.int().min(0);

/** A value is counted as written in the file, so that leading zeros and large identifiers survive. */
const valueCount = z.strictObject({ value: z.string(), count });

export const columnProfileSchema = z.strictObject({
  name: z.string(),
  /** Position in the table, from 0. */
  index: count,
  /** The narrowest reading that fits every value that is not missing. `empty` has no value at all. */
  kind: z.enum(['empty', 'boolean', 'integer', 'number', 'date', 'datetime', 'text']),
  missing: count,
  /** Spellings that were taken as missing, besides the empty field: NA, -999, … */
  missingCodes: z.array(valueCount),
  /** Exact number of different values, missing ones left out. */
  distinct: count,
  /** The most frequent values, at most 50, most frequent first. */
  top: z.array(valueCount),
  /** Some integers start with a zero and must stay text. */
  leadingZeros: z.boolean(),
  /** Some integers exceed 2^53 and must stay text. */
  bigIntegers: z.boolean(),
  /** The values never decrease (or never increase) from row to row. */
  sorted: z.enum(['ascending', 'descending', 'no']),
  /** Numbers, and the numeric reading of booleans; null for text. */
  numeric: z
    .strictObject({
      minimum: z.number(),
      maximum: z.number(),
      mean: z.number(),
      sd: z.number(),
      skewness: z.number(),
      /** 1, 5, 25, 50, 75, 95, 99 %. */
      quantiles: z.array(z.number()).length(7),
      zeros: count,
      negatives: count,
      /** Rows that hold exactly the smallest and the largest value: a pile at an end tells a cap. */
      atMinimum: count,
      atMaximum: count,
    })
    .nullable(),
  /** Dates and times; also integers that read as epoch seconds or milliseconds of 1970–2100. */
  time: z
    .strictObject({
      /** A strptime format, or `iso`, `epoch-s`, `epoch-ms`. */
      format: z.string(),
      minimum: z.string().describe('ISO 8601'),
      maximum: z.string().describe('ISO 8601'),
      distinct: count,
      /** Median step between consecutive distinct times, in seconds; null with one time only. */
      medianStepSeconds: z.number().nullable(),
      /** Share of those steps that are the median one, to a tenth. */
      regularSteps: z.number(),
    })
    .nullable(),
  text: z
    .strictObject({
      meanCharacters: z.number(),
      maxCharacters: count,
      meanWords: z.number(),
      /** Share of values that hold a space between words. */
      withSpaces: z.number(),
    })
    .nullable(),
  /** Values that name existing media files of the dataset, and how many do. */
  mediaPaths: z.strictObject({ collection: z.string(), matched: count }).nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

export const tableProfileSchema = z.strictObject({
  id: z.string(),
  source: tableSourceSchema,
  rows: count,
  columns: z.array(columnProfileSchema),
  /** Rows that repeat an earlier row in every column. */
  duplicateRows: count,
  /** Smallest sets of at most two columns that are exactly unique and never missing. */
  keys: z.array(z.array(z.string())),
  /** Lines whose number of fields differs from the header's: number in the file from 1, and fields found. At most 20. */
  raggedLines: z.array(z.strictObject({ line: count, fields: count })),
  raggedCount: count,
  /** Part of an official split that the file name states. */
  part: z.enum(['train', 'validation', 'test']).nullable(),
  /** Groups of columns that determine each other one to one (a code and its label). */
  aliases: z.array(z.array(z.string())),
  /** The first rows as written, at most 5, for people to look at. */
  sample: z.array(z.array(z.string())),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;

export const relationSchema = z.strictObject({
  from: z.strictObject({ table: z.string(), column: z.string() }),
  to: z.strictObject({ table: z.string(), column: z.string() }),
  /** `to.column` is unique; `from.column` may repeat. Every value of `from` that is not missing occurs in `to`. */
  kind: z.enum(['many-to-one', 'one-to-one']),
  /** Declared by the database itself rather than found by exact inclusion. */
  declared: z.boolean(),
});
export type Relation = z.infer<typeof relationSchema>;

const classCount = z.strictObject({ label: z.string(), count });

/** Where the label of a media file can be read. */
export const labelSourceSchema = z.discriminatedUnion('from', [
  /** Name of the folder, `level` counted from the collection's root (1 = first folder below it). */
  z.strictObject({ from: z.literal('folder'), level: z.int().min(1), classes: z.array(classCount) }),
  /** First group of a regular expression on the file name without its extension. */
  z.strictObject({ from: z.literal('name'), pattern: z.string(), classes: z.array(classCount) }),
  /** A column of a table whose `pathColumn` names the files. */
  z.strictObject({
    from: z.literal('table'),
    table: z.string(),
    pathColumn: z.string(),
    column: z.string(),
    classes: z.array(classCount),
  }),
]);
export type LabelSource = z.infer<typeof labelSourceSchema>;

const quantiles = z.strictObject({ minimum: z.number(), median: z.number(), maximum: z.number() });

export const mediaProfileSchema = z.strictObject({
  /** Folder that holds the collection, relative to the dataset; empty for the dataset folder itself. */
  id: z.string(),
  kind: z.enum(['image', 'audio', 'text']),
  count,
  bytes: count,
  /** With the dot, lower case. */
  extensions: z.array(z.strictObject({ extension: z.string(), count })),
  labels: z.array(labelSourceSchema),
  broken: z.array(z.strictObject({ path: z.string(), problem: z.string() })),
  brokenCount: count,
  /** Files whose content repeats an earlier file. */
  duplicates: count,
  image: z
    .strictObject({
      width: quantiles,
      height: quantiles,
      modes: z.array(z.strictObject({ mode: z.string(), count })),
      sizes: z.array(z.strictObject({ size: z.string(), count })),
    })
    .nullable(),
  audio: z
    .strictObject({
      seconds: quantiles,
      sampleRates: z.array(z.strictObject({ rate: count, count })),
      channels: z.array(z.strictObject({ channels: count, count })),
    })
    .nullable(),
  text: z.strictObject({ characters: quantiles, encoding: z.string() }).nullable(),
  /** Official parts stated by folders named train, validation (val, dev) or test. */
  parts: z.array(z.strictObject({ part: z.enum(['train', 'validation', 'test']), folder: z.string(), count })),
});
export type MediaProfile = z.infer<typeof mediaProfileSchema>;

export const datasetProfileSchema = z.strictObject({
  name: z.string(),
  /** Hash of the sorted file list and contents (hashTree). */
  sha256: z.string(),
  files: count,
  bytes: count,
  tables: z.array(tableProfileSchema),
  relations: z.array(relationSchema),
  media: z.array(mediaProfileSchema),
  /** Text files that speak about the data: README, LICENSE, data dictionaries. Text is cut at 20 000 characters. */
  documents: z.array(
    z.strictObject({ path: z.string(), kind: z.enum(['readme', 'licence', 'other']), text: z.string() }),
  ),
  /** Files that could not be read, or were left out, each with what to do about it. */
  problems: z.array(z.strictObject({ code: z.string(), path: z.string(), message: z.string(), remedy: z.string() })),
});
export type DatasetProfile = z.infer<typeof datasetProfileSchema>;
