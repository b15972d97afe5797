// The form in which a model writes its proposals down: the subset of JSON schema that every endpoint takes.
import { z } from 'zod';
import { metricChoices, metricNames, metrics } from '../../../task/metrics.ts';
import { modalityNames, objectiveNames, splitKinds } from '../../../task/objectives.ts';

/** So that nobody names a quantile or a cut-off that the registry does not mean. */
const knownMetrics = metricNames.map((name) => `${name} (${metrics[name].label})`).join(', ');

const proposed = z.strictObject({
  title: z.string().describe('As on a competition page.'),
  question: z.string().describe('What is asked, in one or two sentences.'),
  rationale: z.string().describe('Who wants the answer, and why.'),
  objective: z.enum(objectiveNames),
  modality: z.enum(modalityNames),
  target_columns: z.array(z.string()),
  target_derivation: z.string().describe('How the target is obtained, in one sentence.'),
  derivation: z.string().nullable().describe('Name of the derivation that you ran; null for a raw column.'),
  metric: z.enum(metricChoices).describe(`One of the known: ${knownMetrics}. custom for anything else.`),
  metric_definition: z.string().describe('What is computed, in one or two sentences.'),
  metric_reason: z.string(),
  split: z.enum(splitKinds),
  split_by: z.array(z.string()).describe('Columns that the split follows; empty for a random one.'),
  split_reason: z.string(),
  data: z.array(z.strictObject({ file: z.string(), use: z.string() })),
  risks: z.array(z.string()),
  start: z.string().nullable().describe('Id of a task found by rule to start from, or null.'),
});
export type Proposed = z.infer<typeof proposed>;

export const answerSchema = z.strictObject({ proposals: z.array(proposed) });
