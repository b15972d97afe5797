// The one stream that the terminal, the editor, the journal and the tests consume.
import { z } from 'zod';
import { modelCallSchema, toolCallSchema } from '../agents/loop/events.ts';
import { findingSchema } from '../task/findings.ts';

export const stages = [
  'profile',
  'brainstorm',
  'design',
  'assert-draft',
  'refactor',
  'assert-package',
  'review',
  'execute',
  'judge',
  'solve',
  'publish',
] as const;
export type Stage = (typeof stages)[number];

const task = z.string();

export const forgeEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run-started'), run: z.string(), dataset: z.string(), resumed: z.boolean() }),
  z.strictObject({ type: z.literal('formulations'), ids: z.array(z.string()), dropped: z.int() }),
  /** `task` is null for the stages that concern the whole dataset. */
  z.strictObject({ type: z.literal('stage-started'), stage: z.enum(stages), task: task.nullable(), attempt: z.int() }),
  z.strictObject({
    type: z.literal('stage-ended'),
    stage: z.enum(stages),
    task: task.nullable(),
    ms: z.number(),
    reused: z.boolean(),
    errors: z.int(),
  }),
  z.strictObject({ type: z.literal('finding'), task, finding: findingSchema }),
  z.strictObject({ type: z.literal('repair'), task, attempt: z.int(), changes: z.array(z.string()) }),
  modelCallSchema,
  toolCallSchema,
  z.strictObject({ type: z.literal('accepted'), task, path: z.string() }),
  z.strictObject({ type: z.literal('rejected'), task, stage: z.enum(stages), code: z.string(), reason: z.string() }),
  z.strictObject({ type: z.literal('refused'), code: z.string(), reason: z.string() }),
  z.strictObject({ type: z.literal('note'), message: z.string() }),
  z.strictObject({
    type: z.literal('run-ended'),
    /** `stopped`: a cap of the budget was reached; what was made is kept, and the run can go on with a larger one. */
    outcome: z.enum(['done', 'refused', 'cancelled', 'stopped', 'failed']),
    accepted: z.int(),
    rejected: z.int(),
  }),
]);
export type ForgeEvent = z.infer<typeof forgeEventSchema>;
