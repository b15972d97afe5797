// The logistic regression of tables: as many steps as it needs, but for tables where each takes long.
import { weighsClassesAlike } from './decisions.ts';
import type { BaselineView } from './view.ts';

/** A step costs rows times columns times classes. Without a bound 230,000 rows of 17 classes took 42 s a fit, no better. */
export const logisticBudget = 'LINEAR_BUDGET = 4e9  # what logistic regression may cost: about ten seconds on one core';

/** `logistic(rows, columns, classes)`; needs the constant `logisticBudget`. */
export function logistic(view: BaselineView): string {
  const weight = weighsClassesAlike(view) ? ', class_weight="balanced"' : '';
  return `def logistic(rows: int, columns: int, classes: int) -> LogisticRegression:
    """The linear model, with fewer steps on large data."""
    steps = int(np.clip(LINEAR_BUDGET / (rows * columns * classes), 50, 1000))
    return LogisticRegression(max_iter=steps${weight})
`;
}
