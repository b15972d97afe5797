// How a table is read from a raw file, exactly enough that a generated prepare.py reads the same rows.
import { z } from 'zod';

const file = {
  /** Path relative to the dataset folder, with forward slashes. */
  path: z.string().min(1),
  compression: z.enum(['none', 'gzip', 'zip']),
  /** Name of the member inside a zip archive. */
  member: z.string().nullable(),
};

/** Lists of lists, an object of columns, pandas' object of columns of rows, records by name, and lists by name. */
export const jsonLayouts = ['rows', 'columns', 'indexed', 'keyed', 'parts', 'row-parts'] as const;

export const tableSourceSchema = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('delimited'),
    ...file,
    /** A Python codec name: utf-8, utf-8-sig, utf-16, cp1252, latin-1. */
    encoding: z.string(),
    delimiter: z.string().length(1),
    /** Empty when quotation marks are ordinary characters in this file. */
    quote: z.string().max(1),
    /** Lines before the header (or before the first row) that are not data. */
    skipLines: z.int().min(0),
    header: z.boolean(),
    /** Blanks after the delimiters are layout, no part of the values. */
    skipBlanks: z.boolean().optional(),
    /** Names of the columns in file order: the header made unique, or `column_1`, … where there is none. */
    columns: z.array(z.string()).min(1),
  }),
  z.strictObject({
    format: z.literal('json'),
    ...file,
    /** Keys that lead from the top of the document to the list of records. */
    recordPath: z.array(z.string()),
    /** How they are laid out there; a list of objects when absent. See json_layout.py. */
    layout: z.enum(jsonLayouts).optional(),
    /** The column that holds the names under which records, or parts of them, stand; null where they have none. */
    keyColumn: z.string().nullable().optional(),
    columns: z.array(z.string()).min(1),
  }),
  z.strictObject({ format: z.literal('json-lines'), ...file, columns: z.array(z.string()).min(1) }),
  z.strictObject({
    format: z.literal('geojson'),
    ...file,
    /** `longitude`, `latitude` (and `elevation`) of point geometries come first, then `id` if present, then the properties. */
    columns: z.array(z.string()).min(1),
  }),
  z.strictObject({ format: z.literal('parquet'), ...file, columns: z.array(z.string()).min(1) }),
  z.strictObject({ format: z.literal('arrow'), ...file, columns: z.array(z.string()).min(1) }),
  z.strictObject({
    format: z.literal('excel'),
    ...file,
    sheet: z.string(),
    skipLines: z.int().min(0),
    columns: z.array(z.string()).min(1),
  }),
  z.strictObject({ format: z.literal('sqlite'), ...file, table: z.string(), columns: z.array(z.string()).min(1) }),
  z.strictObject({ format: z.literal('arff'), ...file, columns: z.array(z.string()).min(1) }),
]);
export type TableSource = z.infer<typeof tableSourceSchema>;

/** Name of a table within its dataset: the path, and the sheet, member or table inside it. */
export function tableId(source: TableSource): string {
  const inner = source.format === 'sqlite' ? source.table : source.format === 'excel' ? source.sheet : source.member;
  return inner === null ? source.path : `${source.path}#${inner}`;
}
