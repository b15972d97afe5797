// How submissions are scored.
import { metricDefinition } from '../../task/metrics.ts';
import type { Formulation } from '../formulation.ts';
import { predictionShape } from '../metric-code/prediction-shape.ts';
import { code, listed, prose } from './markdown.ts';

/** More classes than this are counted rather than listed. */
const listedClasses = 60;

/** The metric with its formula and direction, and what must be known to apply it. */
export function evaluationText(formulation: Formulation): string {
  const { metric, target } = formulation;
  const { label, summary, formula, direction, best, worst } = metricDefinition(metric.name);
  const better = direction === 'maximize' ? 'Higher is better' : 'Lower is better';
  const range = worst === null ? '' : ` and the worst possible is ${worst}`;
  return [
    `Submissions are scored by **${label}**. ${summary} ${better}: a perfect submission scores ${best}${range}.`,
    `$$${formula}$$`,
    prose(metric.reason),
    ...details(
      formulation,
      target.columns.map((column) => code(column.name)),
    ),
  ].join('\n\n');
}

function details(formulation: Formulation, targets: readonly string[]): string[] {
  const { target, objective } = formulation;
  const shape = predictionShape(formulation);
  const found: string[] = [];
  if (targets.length > 1) found.push(`The score is the mean of the scores of ${listed(targets)}.`);
  if (target.classes !== null) found.push(classesText(target.classes, objective === 'ordinal-regression'));
  if (shape.positive !== null) found.push(`The positive class is ${code(shape.positive)}.`);
  return found;
}

function classesText(classes: readonly string[], ordered: boolean): string {
  const what = ordered ? 'levels, lowest first' : 'classes';
  if (classes.length <= listedClasses) return `The ${classes.length} ${what}: ${classes.map(code).join(', ')}.`;
  return `There are ${classes.length} ${ordered ? 'levels' : 'classes'}, from ${code(classes[0] ?? '')} to ${code(classes.at(-1) ?? '')}; all of them occur in \`train.csv\`.`;
}
