// Strong baseline for rows of numbers, categories, dates and texts: boosted trees mixed with a linear model.
import { mixClassifiers, mixFunction, mixWeights } from './decisions.ts';
import { columnConstants, featureFunctions } from './features.ts';
import { groupsCountAlike, heldOut, splitKeys } from './folds.ts';
import { logistic, logisticBudget } from './logistic.ts';
import { linearInputs, treeInputs, wideColumns } from './model-inputs.ts';
import { learningScale, returnWithinRange, shiftComment } from './number-lines.ts';
import { classHelpers, classResult, numberResult } from './outputs.ts';
import { renderScript, type Script } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { numberGoal } from './targets.ts';
import { type BaselineView, targetConstants } from './view.ts';

/** Boosted trees, mixed with the linear model by cross-validation under the metric of the task. */
export function tabularStrong(view: BaselineView): string {
  if (view.shape.kind === 'number') return strongNumbers(view);
  return view.ordinal ? strongLevels(view) : strongClasses(view);
}

/** The constants and functions that all three kinds of targets begin with. */
function opening(view: BaselineView, mixConstants: readonly string[]): Pick<Script, 'constants' | 'functions'> {
  return {
    constants: [
      ...targetConstants(view, view.ordinal || undefined),
      ...columnConstants(view),
      ...mixConstants,
      'SEED = 0',
      'BUDGET = 8e7  # what the trees may cost: about a minute on one core with the held-out predictions',
    ],
    functions: [readTable, ...featureFunctions(view, 'strong'), ...splitKeys(view.splitKey)],
  };
}

function strongClasses(view: BaselineView): string {
  const mixing = mixClassifiers(view);
  const { constants, functions } = opening(view, [...mixing.constants, logisticBudget]);
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with logistic regression, the mix chosen by cross-validation.',
    constants,
    functions: [
      ...functions,
      linearInputs(view, 'f_classif'),
      treeInputs(view),
      logistic(view),
      `def models(rows: int, columns: int, classes: int) -> list[Pipeline]:
    """The linear model and the trees, with fewer rounds on large data."""
${trees(view, 'HistGradientBoostingClassifier', '(rows + 8000) * columns * classes')}    linear = logistic(rows, columns, classes)
    return [make_pipeline(linear_inputs(), linear), make_pipeline(tree_inputs(), trees)]
`,
      ...mixing.functions,
      ...classHelpers(view),
    ],
    solve: `${readBoth}    rows, new, labels = features(train), features(test), train[TARGET]
    classes = np.unique(labels)
    pair = models(${shapeOf(view)}, len(classes))
${heldOut(view.splitKey, 'labels')}${mixing.choose}    probabilities = mix([model.fit(rows, labels).predict_proba(new) for model in pair], weight)
${classResult(view, { labels: mixing.labels, probabilities: 'probabilities', classes: 'classes' })}${write}`,
  });
}

/** Arguments of `models`: rows and columns; a text becomes thirty columns. */
function shapeOf({ texts }: BaselineView): string {
  return texts.length > 0 ? 'len(rows), rows.shape[1] + 29 * len(TEXTS)' : '*rows.shape';
}

/** The line that makes the trees: `size` is the expression of the cost of one round. */
function trees({ categories, numbers }: BaselineView, name: string, size: string, loss = ''): string {
  const settings = [
    loss,
    'learning_rate=np.clip(15 / rounds, 0.06, 0.2)',
    'max_iter=rounds',
    'min_samples_leaf=int(np.clip(rows / 50, 3, 20))',
    'l2_regularization=1.0',
    'early_stopping=False',
    categories.length > 0 ? 'categorical_features=range(len(CATEGORIES))' : '',
    numbers.length > wideColumns ? 'max_features=0.2' : '',
    'random_state=SEED',
  ].filter((setting) => setting !== '');
  return `    rounds = int(np.clip(BUDGET / (${size}), 20, 150))
    trees = ${name}(
${settings.map((setting) => `        ${setting},\n`).join('')}    )
`;
}

function strongNumbers(view: BaselineView): string {
  const { constants, functions } = opening(view, [mixWeights]);
  const goal = numberGoal(view.metric);
  const alike = groupsCountAlike(view.splitKey);
  const quantile = alike
    ? `pd.Series(y - p).groupby(keys.to_numpy()).quantile(${goal.quantile}).median()`
    : `np.quantile(y - p, ${goal.quantile})`;
  const shift =
    goal.quantile === null
      ? ''
      : `${shiftComment(goal.quantile, 'the linear model')}    shifts = [${quantile} for p in held_out]
    held_out = [p + shift for p, shift in zip(held_out, shifts, strict=True)]
`;
  const fitted =
    goal.quantile === null
      ? '[model.fit(rows, y).predict(new) for model in pair]'
      : '[model.fit(rows, y).predict(new) + shift for model, shift in zip(pair, shifts, strict=True)]';
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with ridge regression, the mix chosen by cross-validation.',
    constants,
    functions: [
      ...functions,
      linearInputs(view, 'f_regression'),
      treeInputs(view),
      numberModels(view, goal.loss),
      mixFunction,
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Predictions for the rows of test, kept within the range seen in train."""
    rows, new = features(train), features(test)
${learningScale(goal)}    pair = models(${shapeOf(view)})
${heldOut(view.splitKey, 'y')}${shift}${alike ? groupShares : ''}    weight = min(WEIGHTS, key=lambda w: ${goal.compare('mix(held_out, w)', 'y', alike ? ', sample_weight=shares' : '')})
    predictions = ${fitted}
${returnWithinRange(goal, 'mix(predictions, weight)')}`,
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}

/** The line that sets `shares`. */
const groupShares = `    # The test part holds other groups: in the comparison every group counts alike, large or small.
    shares = 1 / keys.map(keys.value_counts())
`;

function numberModels(view: BaselineView, loss: string): string {
  return `def models(rows: int, columns: int) -> list[Pipeline]:
    """The linear model and the trees, with fewer rounds on large data."""
${trees(view, 'HistGradientBoostingRegressor', '(rows + 8000) * columns', loss)}    return [make_pipeline(linear_inputs(), Ridge()), make_pipeline(tree_inputs(), trees)]
`;
}

function strongLevels(view: BaselineView): string {
  const { constants, functions } = opening(view, [mixWeights]);
  const cuts =
    view.metric === 'quadratic-kappa'
      ? `    # Cut the predictions so that every level is given as often as it occurs: averages shy away from the ends.
    cuts = np.quantile(mix(held_out, weight), y.value_counts(normalize=True).sort_index().cumsum().to_numpy()[:-1])
    levels = y.sort_values().unique()[np.searchsorted(cuts, prediction)]
`
      : '    levels = np.clip(np.rint(prediction), 0, len(CLASSES) - 1).astype(int)\n';
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with ridge regression on the number of the level, cut into levels.',
    constants,
    functions: [
      ...functions,
      linearInputs(view, 'f_regression'),
      treeInputs(view),
      numberModels(view, 'loss="squared_error"'),
      mixFunction,
    ],
    solve: `${readBoth}    rows, new = features(train), features(test)
    y = train[TARGET].map({name: number for number, name in enumerate(CLASSES)})
    pair = models(${shapeOf(view)})
${heldOut(view.splitKey, 'y')}    weight = min(WEIGHTS, key=lambda w: mean_squared_error(y, mix(held_out, w)))
    prediction = mix([model.fit(rows, y).predict(new) for model in pair], weight)
${cuts}    result = pd.DataFrame({ID: test[ID], TARGET: [CLASSES[number] for number in levels]})
${write}`,
  });
}
