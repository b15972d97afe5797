// How submissions are scored, with the formula, and what a submission looks like.
import { metricDefinition } from '../../task/metrics.ts';
import type { SubmissionColumn } from '../../task/spec.ts';
import type { Formulation } from '../formulation.ts';
import { exampleRows } from '../submission-columns.ts';
import { cellCode, code, csvLine, escaped } from './markdown.ts';

/** More classes than this are not listed one by one in running text. */
const listedClasses = 40;

export function evaluationText(formulation: Formulation): string {
  const { metric, target } = formulation;
  const definition = metricDefinition(metric.name);
  const better = definition.direction === 'maximize' ? 'Higher is better' : 'Lower is better';
  const parts = [
    `Submissions are scored by **${definition.label}**: ${lowered(definition.summary)} ${better}; a perfect submission scores ${definition.best}.`,
    `$$${definition.formula}$$`,
    `${escaped(metric.reason)}`,
  ];
  if (target.columns.length > 1) parts.push(`The score is the mean over the ${target.columns.length} target columns.`);
  if (target.positive !== null && definition.prediction === 'probability')
    parts.push(`The positive class is ${code(target.positive)}.`);
  if (target.classes !== null) {
    const order = formulation.objective === 'ordinal-regression' ? 'The levels, lowest first' : 'The classes';
    const shown = target.classes.slice(0, listedClasses).map(code).join(', ');
    parts.push(
      `${order}: ${shown}${target.classes.length > listedClasses ? ', and those further ones that occur in the training data' : ''}.`,
    );
  }
  return parts.join('\n\n');
}

function lowered(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

export function submissionText(formulation: Formulation, columns: readonly SubmissionColumn[]): string {
  const header = csvLine(['id', ...columns.map((column) => column.name)]);
  const rows = exampleRows(formulation, columns).map((values, index) => csvLine([String(3 + 7 * index), ...values]));
  const fence = '`'.repeat(
    Math.max(3, ...[...`${header}${rows.join('')}`.matchAll(/`+/g)].map((match) => match[0].length + 1)),
  );
  const rules = [
    'A CSV file in UTF-8 with a header and one row for every `id` of `test.csv`, each exactly once, in any order.',
    ...columnRules(formulation, columns),
    'Empty fields, missing, repeated or unknown ids and further columns make a submission invalid.',
  ];
  return [`${fence}csv`, header, ...rows, fence, '', ...rules.map((rule) => `- ${rule}`)].join('\n');
}

function columnRules(formulation: Formulation, columns: readonly SubmissionColumn[]): string[] {
  const names =
    columns.length <= 12
      ? columns.map((column) => cellCode(column.name)).join(', ')
      : `${cellCode(columns[0]?.name ?? '')} and so on, one column per class`;
  switch (columns[0]?.dtype) {
    case 'label':
      return [`${names}: one of the classes above, spelled as in \`train.csv\`.`];
    case 'probability':
      return columns.length === 1
        ? [`${names}: a probability from 0 to 1.`]
        : [`${names}: probabilities from 0 to 1 that add up to 1 in every row.`];
    case 'ranked-list':
      return [`${names}: at most ten entries, best first, separated by spaces.`];
    default:
      return [
        `${names}: ${columns.length === 1 ? 'a finite number' : 'finite numbers'}${formulation.metric.name === 'rmsle' ? ', not negative' : ''}.`,
      ];
  }
}
