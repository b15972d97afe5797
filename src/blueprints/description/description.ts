// description.md: what a competitor reads. It names public files only and says nothing about preparation.
import type { splitKinds } from '../../task/objectives.ts';
import type { SubmissionColumn } from '../../task/spec.ts';
import type { Formulation } from '../formulation.ts';
import { evaluationText, submissionText } from './evaluation.ts';
import { fieldTable } from './fields.ts';
import { code, escaped } from './markdown.ts';

/** The page of a task. */
export function renderDescription(formulation: Formulation, columns: readonly SubmissionColumn[]): string {
  const sections = [
    `# ${escaped(formulation.title)}`,
    escaped(formulation.summary),
    '## Context',
    escaped(formulation.rationale),
    '## Task',
    taskText(formulation),
    '## Data',
    filesText(formulation),
    fieldTable(formulation),
    splitText(formulation),
    '## Evaluation',
    evaluationText(formulation),
    '## Submission',
    submissionText(formulation, columns),
    '## Rules',
    rulesText,
  ];
  return `${sections.join('\n\n')}\n`;
}

function taskText(formulation: Formulation): string {
  const names = formulation.target.columns.map((column) => code(column.name));
  const what = names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const history = formulation.features.kept.some((feature) => feature.historyOnly);
  const later = history
    ? ' Columns that are known only when the target is known are in the training file alone: they may be used as history.'
    : '';
  return `For every row of \`test.csv\`, predict ${what}. Learn from \`train.csv\`, where it is given.${later}`;
}

function filesText(formulation: Formulation): string {
  const media = formulation.source.kind === 'media' && formulation.source.media !== 'text';
  const lines = [
    '- `train.csv`: the training rows with their target.',
    '- `test.csv`: the rows to predict.',
    '- `sample_submission.csv`: a valid submission with random predictions.',
    ...(media ? ['- `media/`: the files that the column `file` names, for both parts.'] : []),
  ];
  return `${lines.join('\n')}\n\nAll tables are CSV files in UTF-8; an empty field is a missing value.`;
}

function splitText(formulation: Formulation): string {
  const { split } = formulation;
  const share = `about ${Math.round(100 * split.testFraction)} % of the rows`;
  const together = split.together.key;
  const words: Record<(typeof splitKinds)[number], string> = {
    random: `The test part is a random choice of ${share}.`,
    stratified: `The test part is a random choice of ${share} with the same shares of the classes as the training part.`,
    group: `The test part holds ${share}. ${togetherWords(together)}`,
    entity: `The test part holds ${share}. ${togetherWords(together)}`,
    time: `The test part holds the latest ${share}: everything in it happened after the training part.`,
    official: 'The parts are those that the publisher of the data made.',
  };
  const kept =
    (split.kind === 'random' || split.kind === 'stratified') && together !== 'none'
      ? ` ${togetherWords(together)}`
      : '';
  return `${words[split.kind]}${kept}`;
}

function togetherWords(key: Formulation['split']['together']['key']): string {
  const words: Readonly<Record<typeof key, string>> = {
    none: '',
    columns:
      'Rows that belong together are on one side: the test part is about members that the training part does not show.',
    'normalized-text': 'Texts that differ only in spelling marks are on one side.',
    grid: 'It covers other squares of the map than the training part, so that places must be generalised.',
    content: 'Files of equal content are on one side.',
    'name-run': 'Files that were recorded in one go are on one side.',
  };
  return words[key];
}

const rulesText = `- Predictions must come from the files of this task; looking the answers up elsewhere is not allowed.
- The test rows may be used without their target, for instance to fit a scaling.
- Code that made a submission should give the same submission again: fix its seeds.`;
