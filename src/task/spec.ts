// task.json: the manifest of a task package. One zod schema; types, JSON schema and documentation come from it.
import { z } from 'zod';
import {
  customMetricHelp,
  directionHelp,
  excludedHelp,
  metricHelp,
  objectiveHelp,
  otherObjectiveHelp,
  splitHelp,
  suppressionsHelp,
} from './manifest-help.ts';
import { metricChoices } from './metrics.ts';
import { modalityNames, objectiveNames, splitKinds } from './objectives.ts';

export const schemaVersion = 1;

/** Kebab-case, at most 80 characters: it becomes a folder name on every file system. */
export const taskIdSchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters, digits and single hyphens')
  .describe('Name of the task folder, in kebab-case.');

const relativePath = z.string().min(1).describe('Path relative to the folder it belongs to, with forward slashes.');
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const submissionColumn = z.strictObject({
  name: z.string().min(1),
  dtype: z.enum(['string', 'integer', 'number', 'label', 'probability', 'ranked-list']),
  description: z.string(),
  /** The answer column that is predicted; with `class`, the prediction is the probability of that class. */
  of: z.strictObject({ column: z.string().min(1), class: z.string().nullable() }),
  allowed: z.array(z.string()).optional().describe('Classes that a label or a ranked list may name.'),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** One line that stands in tables, hovers and messages: no line breaks, no control characters. */
const line = z.string().refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text), 'must be one line without control characters');

/** One or two sentences. */
const explanation = line.min(20).max(600);

const metric = z
  .strictObject({
    name: z.enum(metricChoices).meta(metricHelp),
    label: line.min(3).max(60).optional().describe('What people call a custom metric; only with the name custom.'),
    definition: explanation
      .optional()
      .describe('What a custom metric computes, in one or two sentences; only with the name custom.'),
    direction: z.enum(['maximize', 'minimize']).meta(directionHelp),
    best: z.number().describe('Score of a perfect submission.'),
    worst: z.number().nullable().describe('Worst possible score; null when there is no limit.'),
    reason: z.string().min(1).describe('Why this metric fits the question.'),
  })
  .superRefine(({ name, ...texts }, context) => {
    for (const entry of ['label', 'definition'] as const) {
      const given = texts[entry] !== undefined;
      if (given === (name === 'custom')) continue;
      const message = given
        ? `the registry says what ${name} is: take the ${entry} out, or name the metric "custom"`
        : `a custom metric needs a ${entry}: nothing else says what it is`;
      context.addIssue({ code: 'custom', path: [entry], message });
    }
  })
  .meta(customMetricHelp);

/** The entries one by one; schemas that check what they say together come from it. */
export const specEntries = z.strictObject({
  schema_version: z.literal(schemaVersion),
  id: taskIdSchema,
  title: z.string().min(1).describe('A title as on a competition page.'),
  summary: z.string().min(1).describe('One or two sentences: what is predicted from what.'),
  dataset: z.strictObject({
    name: z.string().min(1),
    sha256: sha256Hex.describe('Hash of the sorted file list and contents of the raw dataset.'),
    licence: z.string().describe('Licence as found in the dataset, or "unknown".'),
    source: z.string().describe('Where the data come from as far as its files say, or "unknown".'),
    files: z.array(relativePath).describe('Raw files that prepare.py reads; a folder stands for what is below it.'),
  }),
  modality: z.enum(modalityNames).describe('Kind of data that solvers get.'),
  objective: z.enum(objectiveNames).meta(objectiveHelp),
  objective_definition: explanation
    .optional()
    .describe('What a solver is asked for, in one or two sentences; only with the objective other.'),
  target: z.strictObject({
    columns: z.array(z.string().min(1)).min(1).describe('Columns of train and of the answers that are predicted.'),
    derivation: z.string().min(1).describe('One sentence: how the target is obtained from the raw data.'),
  }),
  features: z.strictObject({
    kept: z.array(z.string()).describe('Columns of the public test file besides the id.'),
    excluded: z.array(z.strictObject({ column: z.string(), reason: z.string() })).meta(excludedHelp),
  }),
  split: z.strictObject({
    kind: z.enum(splitKinds).meta(splitHelp),
    by: z.array(z.string()).describe('Columns, or derived keys, that the split follows.'),
    test_fraction: z.number().gt(0).lt(1).describe('Share of the rows that are test rows.'),
    seed: z.int(),
    reason: z.string().min(1).describe('Why this split tells how a model does on what it has not seen.'),
  }),
  rows: z.strictObject({
    raw: z.int().min(0).describe('Rows (or files) of the raw dataset that the task starts from.'),
    train: z.int().min(0),
    test: z.int().min(0),
    dropped: z.array(z.strictObject({ count: z.int().min(1), reason: z.string() })),
  }),
  metric,
  submission: z.strictObject({
    format: z.literal('csv'),
    id_column: z.string().min(1).describe('Column that names a test row.'),
    columns: z.array(submissionColumn).min(1).describe('Prediction columns, without the id.'),
  }),
  seed: z.int(),
  requires: z
    .array(z.string())
    .describe('Python packages that the package files import, besides the standard library.'),
  difficulty: z
    .strictObject({
      trivial: z.number(),
      simple: z.number().nullable(),
      strong: z.number(),
      headroom: z
        .number()
        .nullable()
        .describe('Share of the way from trivial to best that strong leaves open, 0 to 1.'),
    })
    .nullable()
    .describe('Scores of the baseline ladder; null until the baselines have run.'),
  provenance: z.strictObject({
    tool: z.string(),
    engine: z.string().describe('"builtin", or the model that wrote the task.'),
    formulation: sha256Hex.describe('Hash of the formulation that the Designer committed to.'),
    prompts: sha256Hex.nullable(),
  }),
  suppressions: z
    .array(z.strictObject({ code: z.string(), file: z.string().optional(), reason: z.string().min(10) }))
    .meta(suppressionsHelp),
  hashes: z.record(relativePath, sha256Hex).describe('sha256 of every file that a verdict is bound to, by path.'),
});

type Asked = Pick<z.infer<typeof specEntries>, 'objective' | 'objective_definition'>;

/** Reports an objective that nothing explains, and an explanation of one that needs none. */
function explained({ objective, objective_definition: definition }: Asked, context: z.RefinementCtx): void {
  if ((definition === undefined) === (objective !== 'other')) return;
  const message =
    definition === undefined
      ? 'the objective other needs an objective_definition: nothing else says what is asked'
      : `take the objective_definition out: ${objective} says what is asked`;
  context.addIssue({ code: 'custom', path: ['objective_definition'], message });
}

export const taskSpecSchema = specEntries
  .superRefine(explained)
  .meta({ ...otherObjectiveHelp, description: 'Manifest of an MLE Forge task package.' });

/** The manifest of a task that was not built yet. */
export const draftSpecSchema = specEntries.omit({ hashes: true, difficulty: true, rows: true }).superRefine(explained);

export type TaskSpec = z.infer<typeof taskSpecSchema>;
export type SubmissionColumn = z.infer<typeof submissionColumn>;
