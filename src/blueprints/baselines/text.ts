// Baselines for rows of text alone: word weights with a linear model, and words with character n-grams.

import { weighsClassesAlike } from './decisions.ts';
import { learningScale, returnWithinRange, shiftComment } from './number-lines.ts';
import { classHelpers, classResult, numberResult } from './outputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { numberGoal } from './targets.ts';
import { type BaselineView, constant, targetConstants } from './view.ts';

const texts = `def texts(table: pd.DataFrame) -> pd.Series:
    """The text of each row, cut to its first 5000 characters and never without a word."""
    return "text " + table[TEXTS].agg(" ".join, axis=1).str.slice(0, 5000)
`;

const simpleInputs = `def inputs() -> TfidfVectorizer:
    """TF-IDF weights of words."""
    return TfidfVectorizer(sublinear_tf=True, max_features=20_000)
`;

const strongInputs = `def inputs() -> FeatureUnion:
    """TF-IDF weights of words, and of runs of 2 to 4 characters, which survive odd spellings."""
    words = TfidfVectorizer(sublinear_tf=True, max_features=50_000)
    runs = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 4), max_features=100_000)
    beginning = FunctionTransformer(beginnings)
    return make_union(words, make_pipeline(beginning, runs))


def beginnings(rows: pd.Series) -> pd.Series:
    """The first 500 characters: runs of characters are slow to count."""
    return rows.str.slice(0, 500)
`;

export function textSimple(view: BaselineView): string {
  if (view.shape.kind === 'number') return textNumbers(view, 'simple');
  return textClasses(view, 'simple');
}

export function textStrong(view: BaselineView): string {
  if (view.shape.kind === 'number') return textNumbers(view, 'strong');
  return textClasses(view, 'strong');
}

function textClasses(view: BaselineView, level: 'simple' | 'strong'): string {
  const weight = weighsClassesAlike(view) ? 'class_weight="balanced", ' : '';
  const labels = view.shape.kind === 'label';
  const [model, name] =
    level === 'simple'
      ? [`LogisticRegression(${weight}max_iter=1000)`, 'logistic regression']
      : labels
        ? [`LinearSVC(${weight}random_state=0)`, 'a linear support vector machine']
        : ['LogisticRegression(C=10, max_iter=1000)', 'logistic regression'];
  return renderScript({
    doc: `${level === 'simple' ? 'Simple baseline: TF-IDF of words' : 'Strong baseline: TF-IDF of words and characters'} with ${name}.`,
    constants: [...targetConstants(view), constant('TEXTS', view.texts)],
    functions: [readTable, texts, level === 'simple' ? simpleInputs : strongInputs, ...classHelpers(view)],
    solve: `${readBoth}    model = make_pipeline(inputs(), ${model})
    model.fit(texts(train), train[TARGET])
${classResult(view, {
  labels: 'model.predict(texts(test))',
  probabilities: 'model.predict_proba(texts(test))',
  classes: 'model.classes_',
})}${write}`,
  });
}

function textNumbers(view: BaselineView, level: 'simple' | 'strong'): string {
  const goal = numberGoal(view.metric);
  const shift = goal.quantile === null ? '' : ` + np.quantile(y - model.predict(texts(train)), ${goal.quantile})`;
  return renderScript({
    doc: `${level === 'simple' ? 'Simple baseline: TF-IDF of words' : 'Strong baseline: TF-IDF of words and characters'} with ridge regression.`,
    constants: [...targetConstants(view), constant('TEXTS', view.texts)],
    functions: [
      readTable,
      texts,
      level === 'simple' ? simpleInputs : strongInputs,
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Predictions for the rows of test, kept within the range seen in train."""
${learningScale(goal)}    model = make_pipeline(inputs(), Ridge()).fit(texts(train), y)
${goal.quantile === null ? '' : shiftComment(goal.quantile)}${returnWithinRange(goal, `model.predict(texts(test))${shift}`)}`,
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}
