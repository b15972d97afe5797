// What a submission of a formulation holds; the metric and the baselines must agree on it.
import { ForgeError } from '../../task/errors.ts';
import { metricDefinition, type PredictionKind } from '../../task/metrics.ts';
import type { Formulation } from '../formulation.ts';

export interface PredictionShape {
  readonly kind: PredictionKind;
  /** Target columns, as named in train.csv and in the answers. */
  readonly targets: readonly string[];
  /** Classes in their declared order; empty for numbers and for lists of anything. */
  readonly classes: readonly string[];
  /** The class whose probability is asked; null for other predictions. */
  readonly positive: string | null;
  /** Prediction columns of the submission, without the id. */
  readonly columns: readonly string[];
}

/** Plain decimal spellings, which are numbers to both Python and read_csv. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Whether every class is written as a number, as in ratings from 1 to 5. */
function classesAreNumbers(classes: readonly string[]): boolean {
  return classes.every((name) => decimal.test(name));
}

/** The shape of a submission. Throws ForgeError METRIC_UNFIT when metric and target do not fit together. */
export function predictionShape(formulation: Formulation): PredictionShape {
  const { target, metric } = formulation;
  const targets = target.columns.map((column) => column.name);
  const classes = target.classes ?? [];
  const kind = predictionKind(metricDefinition(metric.name).prediction, classes);
  const [first = ''] = targets;

  const needsClasses = kind !== 'number' && kind !== 'ranked-list';
  if (needsClasses && classes.length < 2) throw unfit(metric.name, 'needs a target with at least two classes');
  if (kind !== 'number' && targets.length !== 1) throw unfit(metric.name, 'scores a single target column');
  if (kind === 'probability' && (target.positive === null || !classes.includes(target.positive))) {
    throw unfit(metric.name, 'needs to know which class is the positive one');
  }
  return {
    kind,
    targets,
    classes: kind === 'number' ? [] : classes,
    positive: kind === 'probability' ? target.positive : null,
    columns:
      kind === 'class-probabilities' ? classes.map((name) => `prob_${name}`) : kind === 'number' ? targets : [first],
  };
}

/** Ordered levels that are words are predicted by name; their distance is counted in levels. */
function predictionKind(kind: PredictionKind, classes: readonly string[]): PredictionKind {
  return kind === 'number' && classes.length > 0 && !classesAreNumbers(classes) ? 'label' : kind;
}

function unfit(metric: string, problem: string): ForgeError {
  return new ForgeError('METRIC_UNFIT', `The metric ${metric} ${problem}.`, 'Choose another metric or another target.');
}
