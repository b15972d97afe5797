// What the extension and the page of the report say to each other. Both sides check what they are sent: the page shows
// hostile text, and the extension acts on what the page asks for.
import * as z from 'zod/mini';
import { figureSchema } from '../src/verify/figures/figure.ts';

const count = z.number();

/** Texts of the page in the language of the editor. */
const words = [
  'accepted',
  'rejected',
  'unverified',
  'findings',
  'noFindings',
  'checks',
  'checksNote',
  'family',
  'baselines',
  'noBaselines',
  'data',
  'measuring',
  'run',
  'noRun',
  'asTable',
  'evidence',
  'remedy',
  'suppressed',
  'verify',
  'open',
  'explain',
  'show',
  'original',
] as const;
const wordsSchema = z.record(z.enum(words), z.string());
export type Words = z.infer<typeof wordsSchema>;

const contentSchema = z.object({
  /** Kept by the page for the time after a reload. */
  folder: z.string(),
  title: z.string(),
  summary: z.string(),
  verdict: z.enum(['accepted', 'rejected', 'unverified']),
  /** Whether the workspace may run the checks; reading needs no trust. */
  canVerify: z.boolean(),
  /** Counts of the findings in words. */
  counts: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** How the checks of each family came out, in the order of `outcomes`. */
  outcomes: z.array(z.object({ id: z.string(), label: z.string() })),
  families: z.array(z.object({ code: z.string(), title: z.string(), counts: z.array(count) })),
  findings: z.array(
    z.object({
      code: z.string(),
      kind: z.enum(['error', 'warning', 'information', 'suppressed']),
      /** The kind in words. */
      label: z.string(),
      message: z.string(),
      file: z.string(),
      line: z.number(),
      evidence: z.string(),
      remedy: z.string(),
      /** The owner's reason, for a suppressed finding. */
      reason: z.string(),
    }),
  ),
  ladder: z.nullable(figureSchema),
  timeline: z.nullable(figureSchema),
  words: wordsSchema,
});
export type Content = z.infer<typeof contentSchema>;
export type ShownFinding = Content['findings'][number];

/** From the extension to the page. */
export const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('report'), content: contentSchema }),
  /** The figures about the data; with a note when there are none, or while they are being measured. */
  z.object({ type: z.literal('figures'), figures: z.array(figureSchema), note: z.string() }),
  /** Why the report may not hold any more; empty when it does. */
  z.object({ type: z.literal('stale'), note: z.string() }),
]);
export type Message = z.infer<typeof messageSchema>;

/** From the page to the extension. */
export const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('open'), file: z.string(), line: z.int().check(z.gte(0)) }),
  z.strictObject({ type: z.literal('explain'), code: z.string() }),
  z.strictObject({ type: z.literal('verify') }),
]);
export type Request = z.infer<typeof requestSchema>;

/** What the page remembers of itself. */
export const stateSchema = z.object({ folder: z.string() });
