// Baselines for rows of numbers, categories, dates and texts: a linear model, and boosted trees mixed with it.

import { chooseMix, labelsOf, mixConstants, mixFunction, scoreFunctions } from './decisions.ts';
import { columnConstants, featureFunctions, linearInputs, treeInputs, wideColumns } from './features.ts';
import { heldOut, splitKeys } from './folds.ts';
import { classHelpers, classResult, numberResult, readBoth, readTable, weighsClassesAlike, write } from './outputs.ts';
import { renderScript } from './script.ts';
import { learningScale, numberGoal, returnWithinRange, shiftComment } from './targets.ts';
import { type BaselineView, targetConstants } from './view.ts';

const seed =
  'SEED = 0\nBUDGET = 8e7  # what the trees may cost: about a minute on one core with the held-out predictions';

/** Linear or logistic regression. */
export function tabularSimple(view: BaselineView): string {
  if (view.shape.kind === 'number') return simpleNumbers(view);
  if (view.ordinal) return simpleLevels(view);
  const weight = weighsClassesAlike(view) ? ', class_weight="balanced"' : '';
  return renderScript({
    doc: 'Simple baseline: logistic regression.',
    constants: [...targetConstants(view), ...columnConstants(view)],
    functions: [readTable, ...featureFunctions(view, 'simple'), linearInputs(view, 'f_classif'), ...classHelpers(view)],
    solve: `${readBoth}    model = make_pipeline(linear_inputs(), LogisticRegression(max_iter=1000${weight}))
    model.fit(features(train), train[TARGET])
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

/** Boosted trees, mixed with the linear model by cross-validation under the metric of the task. */
export function tabularStrong(view: BaselineView): string {
  const constants = [
    ...targetConstants(view, view.ordinal || undefined),
    ...columnConstants(view),
    ...mixConstants(view),
  ];
  const shared = [readTable, ...featureFunctions(view, 'strong'), ...splitKeys(view.splitKey)];
  if (view.shape.kind === 'number') return strongNumbers(view, constants, shared);
  if (view.ordinal) return strongLevels(view, constants, shared);
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with logistic regression, the mix chosen by cross-validation.',
    constants: [...constants, seed],
    functions: [
      ...shared,
      linearInputs(view, 'f_classif'),
      treeInputs(view),
      `def models(rows: int, columns: int, classes: int) -> list[Pipeline]:
    """The linear model and the trees, with fewer rounds on large data."""
${trees(view, 'HistGradientBoostingClassifier', '(rows + 8000) * columns * classes')}    linear = LogisticRegression(max_iter=1000${weighsClassesAlike(view) ? ', class_weight="balanced"' : ''})
    return [make_pipeline(linear_inputs(), linear), make_pipeline(tree_inputs(), trees)]
`,
      mixFunction,
      ...scoreFunctions(view),
      ...classHelpers(view),
    ],
    solve: `${readBoth}    rows, new, labels = features(train), features(test), train[TARGET]
    classes = np.unique(labels)
    pair = models(${shapeOf(view)}, len(classes))
${heldOut(view.splitKey, 'labels')}${chooseMix(view)}    probabilities = mix([model.fit(rows, labels).predict_proba(new) for model in pair], weight)
${classResult(view, { labels: labelsOf(view), probabilities: 'probabilities', classes: 'classes' })}${write}`,
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

function strongNumbers(view: BaselineView, constants: readonly string[], shared: readonly string[]): string {
  const goal = numberGoal(view.metric);
  const shift =
    goal.quantile === null
      ? ''
      : `${shiftComment(goal.quantile, 'the linear model')}    shifts = [np.quantile(y - p, ${goal.quantile}) for p in held_out]
    held_out = [p + shift for p, shift in zip(held_out, shifts, strict=True)]
`;
  const fitted =
    goal.quantile === null
      ? '[model.fit(rows, y).predict(new) for model in pair]'
      : '[model.fit(rows, y).predict(new) + shift for model, shift in zip(pair, shifts, strict=True)]';
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with ridge regression, the mix chosen by cross-validation.',
    constants: [...constants, seed],
    functions: [
      ...shared,
      linearInputs(view, 'f_regression'),
      treeInputs(view),
      numberModels(view, goal.loss),
      mixFunction,
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Predictions for the rows of test, kept within the range seen in train."""
    rows, new = features(train), features(test)
${learningScale(goal)}    pair = models(${shapeOf(view)})
${heldOut(view.splitKey, 'y')}${shift}    weight = min(WEIGHTS, key=lambda w: ${goal.compare('mix(held_out, w)')})
    predictions = ${fitted}
${returnWithinRange(goal, 'mix(predictions, weight)')}`,
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}

function numberModels(view: BaselineView, loss: string): string {
  return `def models(rows: int, columns: int) -> list[Pipeline]:
    """The linear model and the trees, with fewer rounds on large data."""
${trees(view, 'HistGradientBoostingRegressor', '(rows + 8000) * columns', loss)}    return [make_pipeline(linear_inputs(), Ridge()), make_pipeline(tree_inputs(), trees)]
`;
}

function strongLevels(view: BaselineView, constants: readonly string[], shared: readonly string[]): string {
  const cuts =
    view.metric === 'quadratic-kappa'
      ? `    # Cut the predictions so that every level is given as often as it occurs: averages shy away from the ends.
    cuts = np.quantile(mix(held_out, weight), y.value_counts(normalize=True).sort_index().cumsum().to_numpy()[:-1])
    levels = y.sort_values().unique()[np.searchsorted(cuts, prediction)]
`
      : '    levels = np.clip(np.rint(prediction), 0, len(CLASSES) - 1).astype(int)\n';
  return renderScript({
    doc: 'Strong baseline: boosted trees mixed with ridge regression on the number of the level, cut into levels.',
    constants: [...constants, seed],
    functions: [
      ...shared,
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
