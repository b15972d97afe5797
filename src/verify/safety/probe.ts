// What the probe of safety found. Lines are one-based, columns zero-based.
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { Json } from '../../task/canonical-json.ts';
import { layout } from '../../task/layout.ts';
import type { Inputs } from '../cache/inputs.ts';
import { measured } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';

const useSchema = z.strictObject({
  line: z.int(),
  column: z.int(),
  end: z.int().nullable(),
  kind: z.enum([
    'deletes',
    'patches',
    'outlives',
    'exits',
    'hides',
    'unpickles',
    'pickles',
    'obscures',
    'characters',
    'escapes',
  ]),
  what: z.string(),
  about: z.string(),
});
export type Use = z.infer<typeof useSchema>;

const passageSchema = z.strictObject({
  line: z.int(),
  kind: z.enum(['instruction', 'comment', 'style', 'character', 'control', 'active', 'image', 'link', 'secret']),
  what: z.string(),
});
export type Passage = z.infer<typeof passageSchema>;

const entrySchema = z.strictObject({
  file: z.string(),
  kind: z.enum(['archive', 'program', 'pickle', 'executable', 'name', 'self-running']),
  what: z.string(),
});
export type OddEntry = z.infer<typeof entrySchema>;

const passages = z.array(passageSchema);
const safetySchema = z.strictObject({
  code: z.record(z.string(), z.array(useSchema)),
  texts: z.record(z.string(), z.strictObject({ instructions: passages, hidden: passages, links: passages })),
  tables: z.record(
    z.string(),
    z.strictObject({
      instructions: passages,
      hidden: passages,
      formulas: z.array(
        z.strictObject({
          column: z.string(),
          count: z.int(),
          rows: z.array(z.strictObject({ row: z.int(), cell: z.string() })),
        }),
      ),
      partial: z.boolean(),
    }),
  ),
  secrets: z.record(z.string(), passages),
  files: z.array(entrySchema),
});
export type Safety = z.infer<typeof safetySchema>;

/** Reads the whole package once, without running any of it. */
export async function probeSafety(context: CheckContext): Promise<Safety> {
  const files = await context.files.list();
  // Runs and reports are written by this program.
  const own = files.filter((file) => !file.startsWith(`${layout.runs}/`) && !file.startsWith('verification/'));
  const args = {
    python: own.filter((file) => file.endsWith('.py')),
    // The public description is a copy (STR021).
    texts: own.filter((f) => (f.endsWith('.md') && f !== layout.publicDescription) || f === layout.manifest),
    tables: own.filter((file) => file.startsWith(`${layout.publicData}/`) && file.endsWith('.csv')),
    files: own,
  };
  // Of files that are neither text nor table only the first bytes and the bits are read; both change with the time.
  // Tables take longest and change least, so they are read, and remembered, on their own.
  const none = { python: [], texts: [], tables: [], files: [] };
  const [small, large] = await Promise.all([
    read(context, { ...args, tables: [] }, { files: [...args.python, ...args.texts], times: ['**'], manifest: 'all' }),
    read(context, { ...none, tables: args.tables }, { files: args.tables }),
  ]);
  return { ...small, tables: large.tables, secrets: { ...small.secrets, ...large.secrets } };
}

function read(context: CheckContext, args: Json, inputs: Inputs): Promise<Safety> {
  const mounts = [{ name: 'package', host: context.folder, access: 'read' as const }];
  const job = { name: 'probes.safety' as const, args, result: safetySchema, mounts, limits: timeLimits(60) };
  return measured(context, job, inputs);
}
