// Which formulations ask for a class or a number per row of a table.
import type { Formulation } from '../formulation.ts';

const objectives: readonly Formulation['objective'][] = [
  'binary-classification',
  'multiclass-classification',
  'ordinal-regression',
  'regression',
  'multi-output-regression',
];

/** Whether each row (or file) has a class, a level or numbers to predict. */
export function isSupervised({ objective }: Formulation): boolean {
  return objectives.includes(objective);
}

/** The same for rows of tables. */
export function isSupervisedTable(formulation: Formulation): boolean {
  return formulation.source.kind === 'table' && isSupervised(formulation);
}
