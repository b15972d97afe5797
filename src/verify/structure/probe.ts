// What the probe of the syntax trees returns. Lines are one-based as Python counts them, columns zero-based.
import { z } from 'zod';
import type { Range } from '../../task/findings.ts';
import { freshly, measured, rememberedEach } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import type { PackageFiles } from '../package/files.ts';

export const place = { line: z.int(), column: z.int(), end: z.int().nullable() };

export const pythonFileSchema = z.strictObject({
  syntax: z.strictObject({ message: z.string(), line: z.int(), column: z.int() }).nullable(),
  functions: z.array(
    z.strictObject({
      name: z.string(),
      line: z.int(),
      async: z.boolean(),
      parameters: z.array(z.string()),
      required: z.array(z.string()),
      empty: z.boolean(),
    }),
  ),
  classes: z.array(z.strictObject({ name: z.string(), line: z.int(), bases: z.array(z.string()) })),
  raised: z.array(z.strictObject({ name: z.string(), line: z.int() })),
  imports: z.array(z.strictObject({ ...place, module: z.string(), package: z.string(), standard: z.boolean() })),
  unbound: z.array(z.strictObject({ ...place, name: z.string() })),
  absolute: z.array(z.strictObject({ ...place, text: z.string() })),
  unseeded: z.array(z.strictObject({ ...place, call: z.string(), reason: z.string(), certain: z.boolean() })),
  reaches: z.array(z.strictObject({ ...place, kind: z.string(), what: z.string() })),
  /** Handlers of every exception that let none through, and how they go on. */
  swallowed: z.array(z.strictObject({ ...place, bare: z.boolean(), does: z.string() })),
});
export type PythonFile = z.infer<typeof pythonFileSchema>;

const tableSchema = z.strictObject({
  bytes: z.int(),
  byteOrderMark: z.boolean(),
  undecodable: z.strictObject({ line: z.int(), byte: z.int(), column: z.int() }).nullable(),
  carriageReturns: z.boolean(),
  nulLine: z.int().nullable(),
  header: z.array(z.string()),
  rows: z.int(),
  ragged: z.array(z.strictObject({ line: z.int(), fields: z.int() })),
  raggedCount: z.int(),
  duplicateColumns: z.array(z.string()),
  unnamedColumns: z.int(),
  problem: z.string().nullable(),
});
export type TableText = z.infer<typeof tableSchema>;

/** Syntax trees of Python files of the package, by path. Each is remembered by itself, so that a save parses one file. */
export function probePython(
  context: CheckContext,
  files: readonly string[],
): Promise<Readonly<Record<string, PythonFile>>> {
  const one = (file: string) => ({ name: 'probes.structure', inputs: { files: [file] }, schema: pythonFileSchema });
  const measurements = Object.fromEntries(files.map((file) => [file, one(file)]));
  const result = z.strictObject({ files: z.record(z.string(), pythonFileSchema) });
  return rememberedEach(context, measurements, async (missing) => {
    const job = { name: 'probes.structure' as const, args: { files: missing }, result, mounts: mounts(context) };
    return (await freshly(context, job)).files;
  });
}

/** Text properties of CSV files of the package, by path. */
export async function probeTables(context: CheckContext, files: readonly string[]): Promise<Record<string, TableText>> {
  const result = z.strictObject({ files: z.record(z.string(), tableSchema) });
  const job = { name: 'probes.structure_tables' as const, args: { files }, result, mounts: mounts(context) };
  return (await measured(context, job, { files })).files;
}

const mounts = (context: CheckContext) => [{ name: 'package', host: context.folder, access: 'read' as const }];

/** A place as Python gives it; without an end it spans several lines. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
  readonly end: number | null;
}

/** The range of a place in a Python file; to the end of the line when the construct spans several. */
export async function pythonRange(files: PackageFiles, file: string, where: LinePlace): Promise<Range> {
  const line = await files.line(file, where.line);
  // Python counts columns in UTF-8 bytes, editors in UTF-16 units.
  const text = (await files.text(file))?.split('\n')[line.start.line] ?? '';
  const toUnits = (bytes: number): number => Buffer.from(text, 'utf8').subarray(0, bytes).toString('utf8').length;
  return {
    start: { line: line.start.line, character: toUnits(where.column) },
    end: { line: line.start.line, character: where.end === null ? line.end.character : toUnits(where.end) },
  };
}
