// What a submission looks like, with an example that the metric accepts.
import type { SubmissionColumn } from '../../task/spec.ts';
import { cellCode, csvLine, fenced } from './markdown.ts';

/** More columns than this are described as a range of names. */
const namedColumns = 12;
const exampleIds = ['3', '10', '17'];

/** The format of a submission and its rules. `numbers` are plausible values of a target, if it is a number. */
export function submissionText(
  columns: readonly SubmissionColumn[],
  metric: string,
  numbers: readonly string[],
): string {
  const header = csvLine(['id', ...columns.map((column) => column.name)]);
  const rows = exampleIds.map((id, row) =>
    csvLine([id, ...columns.map((column, index) => exampleValue(column, columns, row, index, numbers))]),
  );
  return [
    'A submission is a CSV file in UTF-8 with a header, like `sample_submission.csv`:',
    '',
    fenced('csv', [header, ...rows]),
    '',
    '- One row for every `id` of `test.csv`, each exactly once; the order does not matter.',
    `- ${columnRule(columns, metric)}`,
    '- A missing, repeated or unknown `id`, an empty field or a further column makes the submission invalid; the message says what to change.',
  ].join('\n');
}

function columnRule(columns: readonly SubmissionColumn[], metric: string): string {
  const names = columns.map((column) => cellCode(column.name));
  const shown =
    names.length <= namedColumns
      ? names.join(', ')
      : `${names.slice(0, 3).join(', ')}, … ${names.at(-1)} (one per class)`;
  switch (columns[0]?.dtype) {
    case 'label':
      return `${shown}: one of the classes above, spelled exactly like that.`;
    case 'probability':
      return columns.length === 1
        ? `${shown}: ${columns[0].description.replace(/\.$/, '')}, from 0 to 1.`
        : `${shown}: probabilities from 0 to 1 that add up to 1 in each row.`;
    case 'ranked-list':
      return `${shown}: up to ten different entries, best first, separated by spaces.`;
    default:
      return `${shown}: ${columns.length === 1 ? 'a finite number' : 'finite numbers'}${metric === 'rmsle' ? ' that must not be negative' : ''}.`;
  }
}

function exampleValue(
  column: SubmissionColumn,
  columns: readonly SubmissionColumn[],
  row: number,
  index: number,
  numbers: readonly string[],
): string {
  const allowed = column.allowed ?? [];
  switch (column.dtype) {
    case 'probability':
      return columns.length === 1 ? (['0.27', '0.81', '0.5'][row] ?? '0.5') : sharePerClass(columns.length, row, index);
    case 'label':
      return allowed[row % Math.max(1, allowed.length)] ?? '';
    case 'ranked-list':
      return allowed.slice(row, row + 3).join(' ');
    default:
      return numbers[row % Math.max(1, numbers.length)] ?? ['1.5', '2', '0.75'][row] ?? '0';
  }
}

/** One class ahead, the others alike; the values of a row add up to 1. */
function sharePerClass(classes: number, row: number, index: number): string {
  const other = Math.floor(5000 / classes) / 10_000;
  const ahead = 1 - other * (classes - 1);
  return (index === row % classes ? ahead : other).toFixed(4);
}
