// A proposal is a formulation in a model's own terms: freer than what a blueprint can build, and checked as it is built.
import { z } from 'zod';
import { formulationSchema } from '../blueprints/formulation.ts';
import { metricChoices } from '../task/metrics.ts';
import { modalityNames, objectiveNames, splitKinds } from '../task/objectives.ts';
import { taskIdSchema } from '../task/spec.ts';

const text = z.string().min(1);

/** How a target that no raw column holds is computed: code that was run, and what it gave. */
export const derivationSchema = z.strictObject({
  name: text,
  /** Defines `derive(raw: Path) -> pd.DataFrame`. */
  code: text,
  /** Hash of the frame that it gave, twice, in interpreters that share nothing. */
  sha256: text,
});

export const proposalSchema = z.strictObject({
  kind: z.literal('proposal'),
  id: taskIdSchema,
  title: text,
  /** What is asked, in one or two sentences. */
  question: text,
  /** Why it is worth solving, and for whom. */
  rationale: text,
  objective: z.enum(objectiveNames),
  modality: z.enum(modalityNames),
  target: z.strictObject({
    columns: z.array(text).min(1),
    derivation: text.describe('One sentence.'),
    proof: derivationSchema.nullable().describe('Null when the target is a column of the raw data.'),
  }),
  metric: z.strictObject({
    name: z.enum(metricChoices),
    definition: text.describe('What is computed, one or two sentences.'),
    reason: text,
  }),
  split: z.strictObject({ kind: z.enum(splitKinds), by: z.array(text), reason: text }),
  data: z.array(z.strictObject({ file: text, use: text })).min(1),
  risks: z.array(text),
  /** The built-in formulation whose files the Designer starts from. */
  start: formulationSchema.nullable(),
  rows: z.strictObject({ raw: z.int().min(1) }),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** What the Designer commits to: a formulation that a blueprint builds, or a proposal of a model. */
export const candidateSchema = z.union([formulationSchema, proposalSchema]);
export type Candidate = z.infer<typeof candidateSchema>;

export function isProposal(candidate: Candidate): candidate is Proposal {
  return 'kind' in candidate;
}
