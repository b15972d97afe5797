// The prediction columns of a submission: what the manifest promises, and plausible values for the example.

import { metricDefinition } from '../task/metrics.ts';
import type { SubmissionColumn } from '../task/spec.ts';
import type { Formulation } from './formulation.ts';

/** Columns besides the id, in order. */
export function submissionColumns(formulation: Formulation): SubmissionColumn[] {
  const { target, metric } = formulation;
  const first = target.columns[0];
  const classes = target.classes ?? [];
  if (first === undefined) return [];
  switch (metricDefinition(metric.name).prediction) {
    case 'probability':
      return [
        {
          name: first.name,
          dtype: 'probability',
          description: `Probability that the class is ${target.positive ?? ''}.`,
          of: { column: first.name, class: target.positive ?? '' },
          minimum: 0,
          maximum: 1,
        },
      ];
    case 'class-probabilities':
      return classes.map((label) => ({
        name: `prob_${label}`,
        dtype: 'probability',
        description: `Probability of the class ${label}.`,
        of: { column: first.name, class: label },
        minimum: 0,
        maximum: 1,
      }));
    case 'label':
      return [
        {
          name: first.name,
          dtype: 'label',
          description: first.description,
          of: { column: first.name, class: null },
          allowed: [...classes],
        },
      ];
    case 'ranked-list':
      return [
        {
          name: first.name,
          dtype: 'ranked-list',
          description: first.description,
          of: { column: first.name, class: null },
          ...(classes.length > 0 ? { allowed: [...classes] } : {}),
        },
      ];
    case 'number':
      return target.columns.map((column) => ({
        name: column.name,
        dtype: 'number',
        description: column.description,
        of: { column: column.name, class: null },
      }));
  }
}

/** Three made-up predictions per column, valid and unrelated to any answer. */
export function exampleRows(formulation: Formulation, columns: readonly SubmissionColumn[]): string[][] {
  const classes = formulation.target.classes ?? [];
  const shares = (row: number, index: number) =>
    (index === row % columns.length ? 1 - 0.1 * (columns.length - 1) : 0.1).toFixed(2);
  return [0, 1, 2].map((row) =>
    columns.map((column, index) => {
      if (column.dtype === 'probability')
        return columns.length === 1
          ? (['0.27', '0.81', '0.50'][row] ?? '')
          : columns.length <= 9
            ? shares(row, index)
            : (1 / columns.length).toFixed(4);
      if (column.dtype === 'label') return classes[row % Math.max(1, classes.length)] ?? '';
      if (column.dtype === 'ranked-list') return classes.slice(row, row + 3).join(' ');
      return ['1.5', '2', '0.75'][row] ?? '';
    }),
  );
}
