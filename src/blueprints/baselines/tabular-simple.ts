// Simple baseline for rows of numbers, categories, dates and texts: a linear model.
import { columnConstants, featureFunctions } from './features.ts';
import { logistic, logisticBudget } from './logistic.ts';
import { linearInputs } from './model-inputs.ts';
import { learningScale, returnWithinRange, shiftComment } from './number-lines.ts';
import { classHelpers, classResult, numberResult } from './outputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { numberGoal } from './targets.ts';
import { type BaselineView, targetConstants } from './view.ts';

/** Linear or logistic regression. */
export function tabularSimple(view: BaselineView): string {
  if (view.shape.kind === 'number') return simpleNumbers(view);
  if (view.ordinal) return simpleLevels(view);
  return renderScript({
    doc: 'Simple baseline: logistic regression.',
    constants: [...targetConstants(view), ...columnConstants(view), logisticBudget],
    functions: [
      readTable,
      ...featureFunctions(view, 'simple'),
      linearInputs(view, 'f_classif'),
      logistic(view),
      ...classHelpers(view),
    ],
    solve: `${readBoth}    rows = features(train)
    model = make_pipeline(linear_inputs(), logistic(*rows.shape, train[TARGET].nunique()))
    model.fit(rows, train[TARGET])
${classResult(view, {
  labels: 'model.predict(features(test))',
  probabilities: 'model.predict_proba(features(test))',
  classes: 'model.classes_',
})}${write}`,
  });
}

function simpleNumbers(view: BaselineView): string {
  const goal = numberGoal(view.metric);
  const shifted = goal.quantile === null ? '' : ` + np.quantile(y - model.predict(rows), ${goal.quantile})`;
  const comment = goal.quantile === null ? '' : shiftComment(goal.quantile);
  return renderScript({
    doc: 'Simple baseline: linear (ridge) regression.',
    constants: [...targetConstants(view), ...columnConstants(view)],
    functions: [
      readTable,
      ...featureFunctions(view, 'simple'),
      linearInputs(view, 'f_regression'),
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Predictions for the rows of test, kept within the range seen in train."""
    rows = features(train)
${learningScale(goal)}    model = make_pipeline(linear_inputs(), Ridge()).fit(rows, y)
${comment}${returnWithinRange(goal, `model.predict(features(test))${shifted}`)}`,
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}

function simpleLevels(view: BaselineView): string {
  return renderScript({
    doc: 'Simple baseline: ridge regression on the number of the level, rounded.',
    constants: [...targetConstants(view, true), ...columnConstants(view)],
    functions: [readTable, ...featureFunctions(view, 'simple'), linearInputs(view, 'f_regression')],
    solve: `${readBoth}    level = {name: number for number, name in enumerate(CLASSES)}
    model = make_pipeline(linear_inputs(), Ridge())
    model.fit(features(train), train[TARGET].map(level))
    nearest = np.clip(np.rint(model.predict(features(test))), 0, len(CLASSES) - 1).astype(int)
    result = pd.DataFrame({ID: test[ID], TARGET: [CLASSES[number] for number in nearest]})
${write}`,
  });
}
