// Which metric makes the task a task. The first is preferred; the others are tried when it makes the task a look-up.

import type { MetricName } from '../../../task/metrics.ts';
import type { Objective } from '../../../task/objectives.ts';
import type { NumericProfile } from '../idea.ts';
import { figure, percent } from '../words/figures.ts';
import type { ClassCount } from './classes.ts';

export interface MetricChoice {
  readonly name: MetricName;
  readonly reason: string;
}

/** A positive class rarer than this is what average precision is for. */
const RARE = 0.2;
/** Classes are balanced when each holds between two thirds and one and a half times its even share. */
const BALANCED = [2 / 3, 1.5] as const;
/** Skewness from which errors of large values would drown all others. */
const VERY_SKEWED = 2;
const SKEWED = 1;
/** A pile of equal values at an end of the range: a cap, where squared errors mislead. */
const CAPPED = 0.02;
const MANY_ZEROS = 0.3;
/** Outputs whose spreads differ by more cannot be averaged in their own units. */
const SPREAD_RATIO = 2;

/** Metrics for a class target, best first. `thin` classes rule out macro averages. */
export function classMetrics(
  objective: Objective,
  classes: readonly ClassCount[],
  thin: boolean,
): readonly MetricChoice[] {
  const total = classes.reduce((sum, item) => sum + item.count, 0);
  const shares = classes.map((item) => item.count / Math.max(total, 1));
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  if (objective === 'ordinal-regression') {
    return [
      { name: 'quadratic-kappa', reason: 'Levels have an order: a miss by two levels is worse than a miss by one.' },
    ];
  }
  const macro: MetricChoice = {
    name: 'macro-f1',
    reason: `Classes are uneven (${percent(low)} to ${percent(high)} of the rows); macro F1 weighs them equally, while accuracy would reward always naming the largest.`,
  };
  const loss: MetricChoice = { name: 'log-loss', reason: 'Honest probabilities are worth more than bare labels here.' };
  if (thin) {
    return [
      {
        name: 'accuracy',
        reason: 'Several classes have few test rows; a macro average would be as noisy as the rarest of them.',
      },
    ];
  }
  if (objective === 'binary-classification') {
    if (low < RARE) {
      return [
        {
          name: 'average-precision',
          reason: `Only ${percent(low)} of the rows are positive: average precision looks at how well they are found, while accuracy would reward finding none.`,
        },
        macro,
      ];
    }
    return [
      {
        name: 'roc-auc',
        reason: 'ROC AUC scores the ranking of the rows and needs no threshold, whatever the balance of the classes.',
      },
      loss,
    ];
  }
  const even = 1 / Math.max(classes.length, 1);
  if (low >= BALANCED[0] * even && high <= BALANCED[1] * even) {
    return [
      { name: 'accuracy', reason: 'Classes are about equally frequent, so accuracy is fair and easy to read.' },
      macro,
      loss,
    ];
  }
  return [macro, { name: 'balanced-accuracy', reason: 'Mean recall of the classes: each weighs the same.' }, loss];
}

/** Metrics for one number, best first. */
export function numberMetrics(
  objective: Objective,
  numeric: NumericProfile | null,
  rows: number,
): readonly MetricChoice[] {
  const rmse: MetricChoice = {
    name: 'rmse',
    reason: 'Errors are read in the unit of the target; large ones weigh more.',
  };
  const mae: MetricChoice = {
    name: 'mae',
    reason: 'The mean error in the unit of the target; single extremes do not decide.',
  };
  if (numeric === null) return [rmse, mae];
  const zeros = numeric.zeros / Math.max(rows, 1);
  if (objective === 'forecasting') return zeros > MANY_ZEROS ? [rmse, mae] : [mae, rmse];
  const capped = Math.max(numeric.atMaximum, numeric.atMinimum) / Math.max(rows, 1);
  if (numeric.minimum >= 0 && numeric.skewness > VERY_SKEWED) {
    return [
      {
        name: 'rmsle',
        reason: `The target is positive and very skewed (skewness ${figure(numeric.skewness)}): relative errors count, so that large values do not drown the rest.`,
      },
      mae,
    ];
  }
  if (capped > CAPPED && numeric.minimum !== 0) {
    return [
      {
        name: 'mae',
        reason: `${percent(capped)} of the rows hold exactly an end of the range, which speaks of a cap: absolute errors are not ruled by those rows.`,
      },
      rmse,
    ];
  }
  if (Math.abs(numeric.skewness) > SKEWED) {
    return [
      {
        name: 'mae',
        reason: `The target is skewed (skewness ${figure(numeric.skewness)}): absolute errors keep single extremes from deciding.`,
      },
      rmse,
    ];
  }
  return [rmse, mae];
}

/** Metrics for several numbers at once, from their standard deviations. */
export function multiOutputMetrics(spreads: readonly number[]): readonly MetricChoice[] {
  const [low, high] = [Math.min(...spreads), Math.max(...spreads)];
  if (low > 0 && high / low <= SPREAD_RATIO) {
    return [{ name: 'rmse', reason: 'The outputs share a scale, so their errors can be averaged as they are.' }];
  }
  return [
    { name: 'r2', reason: 'The outputs have different scales; the share of variance explained makes them comparable.' },
  ];
}
