// The logistic regression of tables: as many steps as it needs, but for tables where each takes long.
import { weighsClassesAlike } from './decisions.ts';
import type { BaselineView } from './view.ts';

/** A step costs rows times columns times classes; 17 classes of 200,000 rows need a minute for all steps otherwise. */
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
