// Baselines for images and recordings: a file becomes a vector of numbers, and a plain model learns from the vectors.

import { audioSimple, audioStrong } from './audio.ts';
import { weighsClassesAlike } from './decisions.ts';
import { columnConstants, featureFunctions } from './features.ts';
import { imageSimple, imageStrong } from './image.ts';
import { linearInputs } from './model-inputs.ts';
import { learningScale, returnWithinRange, shiftComment } from './number-lines.ts';
import { classHelpers, classResult } from './outputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { numberGoal } from './targets.ts';
import { type BaselineView, constant, targetConstants } from './view.ts';

/** How a kind of media becomes vectors at one level, and what learns from them. */
export interface MediaRecipe {
  /** What `describe(path)` measures, for the doc string of the script. */
  readonly measures: string;
  readonly constants: readonly string[];
  /** Definitions; one of them is `describe(path: Path) -> np.ndarray`. */
  readonly functions: readonly string[];
  /** Classifier with `{weight}` where arguments on class weights go; learns from scaled vectors. */
  readonly classifier: string;
  /** The same where probabilities are asked. */
  readonly probabilities: string;
  readonly regressor: string;
  readonly modelName: string;
  /** Step before the model, such as a projection; empty for none. */
  readonly reduce: string;
  /** Training rows beyond which a seeded sample is used; null where the model is fast enough for all. */
  readonly mostRows: number | null;
}

export function mediaSimple(view: BaselineView): string {
  return mediaScript(view, 'Simple', view.image !== null ? imageSimple : audioSimple);
}

export function mediaStrong(view: BaselineView): string {
  return mediaScript(view, 'Strong', view.image !== null ? imageStrong : audioStrong);
}

function mediaScript(full: BaselineView, level: string, recipe: MediaRecipe): string {
  // Texts beside media would need tens of thousands of dense columns; numbers, categories and dates join the vectors.
  const view = { ...full, texts: [] };
  const beside = view.numbers.length + view.categories.length + view.dates.length > 0;
  const number = view.shape.kind === 'number';
  const join = beside
    ? `    inputs = linear_inputs().set_params(sparse_threshold=0)
    rows = np.hstack([rows, inputs.fit_transform(features(train))])
    new = np.hstack([new, inputs.transform(features(test))])
`
    : '';
  const pipeline = (model: string) =>
    `make_pipeline(${['StandardScaler()', recipe.reduce, model].filter((step) => step !== '').join(', ')})`;
  return renderScript({
    doc: `${level} baseline: ${recipe.measures}, with ${recipe.modelName}.`,
    constants: [
      ...targetConstants(view),
      constant('FILE', view.image ?? view.audio ?? ''),
      ...(beside ? columnConstants(view) : []),
      ...recipe.constants,
      ...(recipe.mostRows === null ? [] : [`MOST = ${recipe.mostRows}  # training rows, for a run of a minute or two`]),
    ],
    functions: [
      readTable,
      vectors,
      ...recipe.functions,
      ...(beside
        ? [...featureFunctions(view, 'simple'), linearInputs({ ...view, numbers: view.numbers.slice(0, 300) }, '')]
        : []),
      ...(number ? [predictFunction(view, pipeline(recipe.regressor))] : classHelpers(view)),
    ],
    solve: `${readBoth}${recipe.mostRows === null ? '' : sampleRows}    rows, new = vectors(public, train), vectors(public, test)
${join}${number ? numberSolve(view) : classSolve(view, recipe, pipeline)}${write}`,
  });
}

const sampleRows = '    train = train.sample(min(len(train), MOST), random_state=0)\n';

const vectors = `def vectors(public: Path, table: pd.DataFrame) -> np.ndarray:
    """One row of measurements for each file."""
    return np.stack([describe(public / name) for name in table[FILE]])
`;

function classSolve(view: BaselineView, recipe: MediaRecipe, pipeline: (model: string) => string): string {
  const weight = weighsClassesAlike(view) ? 'class_weight="balanced", ' : '';
  const model = view.shape.kind === 'label' ? recipe.classifier : recipe.probabilities;
  // Weighted forests of scikit-learn 1.9 take classes like "7" for numbers, and then do not find them among the classes.
  if (weight !== '' && model.includes('{weight}') && model.startsWith('ExtraTrees'))
    return `    classes, numbers = np.unique(train[TARGET], return_inverse=True)
    model = ${pipeline(model.replace('{weight}', weight))}
    model.fit(rows, numbers)
${classResult(view, {
  labels: 'classes[model.predict(new)]',
  probabilities: 'model.predict_proba(new)',
  classes: 'classes',
})}`;
  return `    model = ${pipeline(model.replace('{weight}', weight))}
    model.fit(rows, train[TARGET])
${classResult(view, {
  labels: 'model.predict(new)',
  probabilities: 'model.predict_proba(new)',
  classes: 'model.classes_',
})}`;
}

function predictFunction(view: BaselineView, model: string): string {
  const goal = numberGoal(view.metric);
  const shift = goal.quantile === null ? '' : ` + np.quantile(y - model.predict(rows), ${goal.quantile})`;
  return `def predict(rows: np.ndarray, new: np.ndarray, actual: pd.Series) -> np.ndarray:
    """Predictions for the new rows, kept within the range seen in train."""
${learningScale(goal, 'actual')}    model = ${model}
    model.fit(rows, y)
${goal.quantile === null ? '' : shiftComment(goal.quantile)}${returnWithinRange(goal, `model.predict(new)${shift}`)}`;
}

function numberSolve({ shape }: BaselineView): string {
  return shape.targets.length > 1
    ? '    result = pd.DataFrame({ID: test[ID], **{name: predict(rows, new, train[name]) for name in TARGETS}})\n'
    : '    result = pd.DataFrame({ID: test[ID], TARGET: predict(rows, new, train[TARGET])})\n';
}
