// description.md: what a competitor reads. It names public files only and says nothing about preparation.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { SubmissionColumn } from '../../task/spec.ts';
import type { Formulation } from '../formulation.ts';
import { evaluationText } from './evaluation.ts';
import { fieldTable } from './fields.ts';
import { code, escaped, listed, prose } from './markdown.ts';
import { splitWords } from './split-words.ts';
import { submissionText } from './submission.ts';

/** What a kind of task adds to its page. */
export interface PageNotes {
  /** Files besides the three tables, as list items. */
  readonly files: readonly string[];
  /** What a competitor should know about the data; a paragraph each. */
  readonly about: readonly string[];
}

/** The page of a task. */
export function renderDescription(
  formulation: Formulation,
  dataset: DatasetProfile,
  columns: readonly SubmissionColumn[],
  notes: PageNotes,
): string {
  const sections = [
    `# ${escaped(formulation.title)}`,
    prose(formulation.summary),
    '## Why it matters',
    prose(formulation.rationale),
    '## The task',
    taskText(formulation),
    '## Data',
    filesText(notes.files),
    ...notes.about,
    fieldTable(formulation),
    '## Train and test',
    splitWords(formulation),
    '## Evaluation',
    evaluationText(formulation),
    '## Submission',
    submissionText(columns, formulation.metric.name, plausibleNumbers(formulation, dataset)),
    '## Rules',
    rulesText,
  ];
  return `${sections.join('\n\n')}\n`;
}

function taskText({ features, target, objective }: Formulation): string {
  const names = listed(target.columns.map((column) => code(column.name)));
  const give = target.columns.length === 1 ? 'it is given' : 'they are given';
  const aim = {
    'binary-classification': `decide between the two classes of ${names}`,
    'multiclass-classification': `name the class, ${names}`,
    'multilabel-classification': `name the classes, ${names}`,
    'ordinal-regression': `name the level, ${names}`,
    forecasting: `forecast ${names}`,
    ranking: `rank ${names}`,
    recommendation: `recommend ${names}`,
    regression: `predict the number ${names}`,
    'multi-output-regression': `predict the numbers ${names}`,
    survival: `predict the time until the event, ${names}`,
    'anomaly-detection': `tell whether it is an anomaly, ${names}`,
    'sequence-tagging': `name the class of each element, ${names}`,
    segmentation: `mark the regions, ${names}`,
    detection: `find what is there, ${names}`,
    similarity: `tell how alike the two are, ${names}`,
    other: `predict ${names}`,
  }[objective];
  const history = features.kept.some((feature) => feature.historyOnly)
    ? ' Columns that become known only together with the target are in the training file alone: they tell about the past.'
    : '';
  return `For every row of \`test.csv\`, ${aim}. Learn from \`train.csv\`, where ${give}.${history}`;
}

function filesText(files: readonly string[]): string {
  return [
    '- `train.csv`: rows with the target.',
    '- `test.csv`: rows whose target is asked.',
    '- `sample_submission.csv`: a valid submission with random predictions.',
    ...files.map((file) => `- ${file}`),
    '',
    'The tables are CSV files in UTF-8 with a header; an empty field is a missing value.',
  ].join('\n');
}

/** Quartiles of the target, for the example of a submission. */
function plausibleNumbers({ source, target }: Formulation, dataset: DatasetProfile): string[] {
  if (source.kind !== 'table' || target.classes !== null) return [];
  const from = target.columns[0]?.from;
  const table = dataset.tables.find((item) => JSON.stringify(item.source) === JSON.stringify(source.table));
  const quantiles = table?.columns.find((column) => column.name === from)?.numeric?.quantiles ?? [];
  return [quantiles[3], quantiles[4], quantiles[2]].flatMap((value) =>
    value === undefined ? [] : [String(Number(value.toPrecision(3)))],
  );
}

const rulesText = `- Predict from the files of this task; looking the answers up elsewhere, by hand or by program, is not allowed.
- The test rows may be used without their target, for instance to fit a scaling.
- A submission must be reproducible: fix the seeds of the code that makes it.
- The baselines that come with the task are examples to start from.`;
