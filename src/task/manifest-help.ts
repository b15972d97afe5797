// What editors say about the entries of task.json while it is written: hovers of values and snippets, from the registries.
import { metricNames, metrics } from './metrics.ts';
import { objectiveNames, objectives, type splitKinds } from './objectives.ts';

/** Extra keywords of a JSON schema that VS Code reads; other tools pass over them. */
export interface EditorHelp {
  readonly description: string;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly defaultSnippets?: readonly {
    readonly label: string;
    readonly description: string;
    readonly body: unknown;
  }[];
  /** The schema library keeps what it does not know. */
  readonly [key: string]: unknown;
}

export const objectiveHelp: EditorHelp = {
  description: 'What a solver is asked for; it fixes the shape of an answer.',
  markdownEnumDescriptions: objectiveNames.map((name) => `**${objectives[name].label}**. ${objectives[name].summary}`),
};

export const metricHelp: EditorHelp = {
  description: 'Name of the metric in the registry, or custom; evaluate must compute it.',
  markdownEnumDescriptions: [
    ...metricNames.map((name) => {
      const { label, summary, direction, best, worst, objectives: fits } = metrics[name];
      const better = direction === 'maximize' ? 'higher is better' : 'lower is better';
      return `**${label}**. ${summary}\n\nBest ${best}, worst ${worst ?? 'without limit'}; ${better}. For ${fits.join(', ')}.`;
    }),
    '**A metric of the task itself**, for a question that no metric of the registry asks. `label` and `definition` say what it is; metric.py computes it, and no second implementation is there to compare with.',
  ],
};

/** Editors ask for a definition of the objective other, and refuse one of any other objective. */
export const otherObjectiveHelp = {
  if: { properties: { objective: { const: 'other' } }, required: ['objective'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
  then: { required: ['objective_definition'] },
  else: { properties: { objective_definition: false } },
};

/** Editors ask for the texts of a custom metric, and refuse them beside a name of the registry. */
export const customMetricHelp: EditorHelp = {
  description: 'How submissions are scored.',
  if: { properties: { name: { const: 'custom' } }, required: ['name'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
  then: { required: ['label', 'definition'] },
  else: { properties: { label: false, definition: false } },
  defaultSnippets: [
    {
      label: 'A metric of the task itself',
      description: 'For a question that no metric of the registry asks.',
      body: {
        name: 'custom',
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
        label: '${1:Mean capped cost}',
        definition: '${2:What evaluate computes, in one or two sentences.}',
        direction: '${3|minimize,maximize|}',
        best: 0,
        worst: null,
        reason: '${4:Why no metric of the registry fits the question.}',
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
      },
    },
  ],
};

const splitTexts: Record<(typeof splitKinds)[number], string> = {
  random: 'Rows are independent.',
  stratified: 'Rows are independent, and every class keeps its share.',
  group: 'Rows that belong together (a patient, a user, a place) stay on one side.',
  time: 'The test part comes after the train part.',
  entity: 'Whole series or entities are held out.',
  official: 'The split that the dataset brings along.',
};

export const splitHelp: EditorHelp = {
  description: 'How test rows were chosen.',
  markdownEnumDescriptions: Object.values(splitTexts),
};

export const directionHelp: EditorHelp = {
  description:
    'Whether a higher or a lower score is better; the registry says which, for a custom metric its definition.',
};

export const suppressionsHelp: EditorHelp = {
  description: 'Findings that the owner accepts, each with a written reason.',
  defaultSnippets: [
    {
      label: 'Suppress a finding',
      description: 'A finding that is accepted, with the reason that is shown beside it.',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
      body: [{ code: '${1:LEK001}', file: '${2:data/public/train.csv}', reason: '${3:Why this is acceptable.}' }],
    },
  ],
};

export const excludedHelp: EditorHelp = {
  description: 'Columns of the raw data that solvers do not get, each with its reason.',
  defaultSnippets: [
    {
      label: 'Exclude a column',
      description: 'A column that is left out, and why.',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of a snippet
      body: [{ column: '${1:column}', reason: '${2:It is known only after the outcome.}' }],
    },
  ],
};
