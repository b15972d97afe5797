// One line of a run's journal. Each entry holds the hash of the one before it: an edited past does not verify.
import { z } from 'zod';
import { hashValue } from '../task/hashing.ts';
import { forgeEventSchema } from './events.ts';
import { runOptionsSchema } from './request.ts';

const journalVersion = 1;
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const bodySchema = z.discriminatedUnion('kind', [
  /** The first line: what was asked for. */
  z.strictObject({
    kind: z.literal('run'),
    run: z.string(),
    tool: z.string(),
    dataset: z.string().describe('Absolute path.'),
    sha256: sha256Hex.describe('Hash of the dataset.'),
    engine: z.string(),
    options: runOptionsSchema,
  }),
  z.strictObject({ kind: z.literal('event'), event: forgeEventSchema }),
  /** A stage has ended; its result is an artifact. */
  z.strictObject({ kind: z.literal('stage'), key: sha256Hex, artifact: sha256Hex }),
]);
export type JournalBody = z.infer<typeof bodySchema>;

const entrySchema = z.strictObject({
  v: z.literal(journalVersion),
  seq: z.int().min(0),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** Hash of the previous entry; empty on the first. */
  prev: z.string(),
  body: bodySchema,
  hash: sha256Hex,
});
export type JournalEntry = z.infer<typeof entrySchema>;

/** The entry that follows `last`. */
export function chained(last: JournalEntry | undefined, at: number, body: JournalBody): JournalEntry {
  const entry = { v: journalVersion, seq: (last?.seq ?? -1) + 1, at, prev: last?.hash ?? '', body } as const;
  return { ...entry, hash: hashValue(entry) };
}

/** Reads one line; null when it is not an entry that follows `last`. */
export function parseEntry(line: string, last: JournalEntry | undefined): JournalEntry | null {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = entrySchema.safeParse(data);
  if (!parsed.success) return null;
  const { hash, ...content } = parsed.data;
  const follows = content.seq === (last?.seq ?? -1) + 1 && content.prev === (last?.hash ?? '');
  return follows && hashValue(content) === hash ? parsed.data : null;
}
