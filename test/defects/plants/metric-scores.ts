// MET001 to MET003, MET010 to MET012, MET014 to MET016, MET020, MET021: what evaluate returns.
import { layout } from '../../../src/task/layout.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';

const { metric } = layout;
const aligned = 'return table.iloc[given.get_indexer(wanted)]';
const both = '    predicted, actual = _predictions(submission, answers), _answers(answers)';

/** Replaces texts of metric.py that must be there. */
const edit =
  (...changes: readonly (readonly [string | RegExp, string])[]) =>
  async (draft: Draft) => {
    for (const [from, to] of changes) await draft.replace(metric, from, to);
  };
/** Wraps what evaluate returns: `score` is the value. */
const scoredAs =
  (expression: string, ...before: string[]) =>
  async (draft: Draft) => {
    const body = [...before, `score = _true_score(submission, answers)`, `return ${expression}`].map(
      (line) => `    ${line}`,
    );
    await edit([/^def evaluate\(/, 'def _true_score('])(draft);
    await draft.append(
      metric,
      `\n\ndef evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:\n${body.join('\n')}\n`,
    );
  };

export const scorePlants: readonly Plant[] = [
  ...plants('MET001', 'the score is given in percent', ['binary', 'image'], scoredAs('score * 100')),
  ...plants('MET001', 'rounding up never reaches the best', ['multiclass'], scoredAs('min(score, 0.99)')),
  ...plants(
    'MET001',
    'a constant keeps errors from being zero',
    ['regression', 'forecasting'],
    scoredAs('score + 1e-6'),
  ),
  ...plants(
    'MET001',
    'the last row is left out of the answers only',
    ['ordinal'],
    edit([both, `${both}\n    predicted, actual = predicted[:-1], actual[1:]`]),
  ),
  ...plants(
    'MET001',
    'a library is missing when the metric is loaded',
    ['text'],
    edit(['import numpy as np', 'import numpy as np\nfrom sklearn.metrics import f_one_score']),
  ),

  ...plants(
    'MET002',
    'errors above and below cancel out',
    ['regression', 'forecasting', 'relational'],
    edit([/return float\(.*\)$/, 'return float(np.mean(predicted - actual))']),
  ),
  ...plants(
    'MET002',
    'a bonus for naming every class',
    ['multiclass'],
    scoredAs('score + 0.3 * (submission[TARGET].nunique() < 2) + (score < 1) * 0.9'),
  ),
  ...plants('MET002', 'a penalty below the worst score', ['image'], scoredAs('score if score > 0.6 else score - 1')),

  ...plants(
    'MET003',
    'rows are compared by position',
    ['binary', 'text', 'forecasting', 'ordinal'],
    edit([aligned, 'return table']),
  ),
  ...plants(
    'MET003',
    'only the submission is sorted by id',
    ['regression', 'image'],
    edit([aligned, 'return table.assign(_key=_ids(table[ID])).sort_values("_key").drop(columns="_key")']),
  ),
  ...plants(
    'MET003',
    'columns are taken by their place',
    ['audio'],
    edit(['_codes(table[TARGET])', '_codes(table.iloc[:, 1])']),
  ),
  ...plants(
    'MET003',
    'the index of the tables aligns them',
    ['relational'],
    edit([aligned, 'return table.sort_index()']),
  ),

  ...plants('MET010', 'the loss is returned for a metric to maximise', ['multiclass', 'image'], scoredAs('1 - score')),
  ...plants(
    'MET010',
    'the score does not depend on the predictions',
    ['binary', 'regression'],
    edit([
      both,
      `    _predictions(submission, answers)\n    actual = _answers(answers)\n    predicted = actual.astype(float)`,
    ]),
  ),
  ...plants(
    'MET011',
    'only the first row is scored',
    ['audio'],
    edit([both, `${both}\n    predicted, actual = predicted[:1], actual[:1]`]),
  ),
  ...plants('MET010', 'the manifest has the direction the wrong way round', ['forecasting'], (draft) =>
    draft.editManifest((m) => void Object.assign(m.metric, { direction: 'maximize' })),
  ),

  ...plants(
    'MET011',
    'any prediction within the range counts as right',
    ['regression', 'relational'],
    edit([
      both,
      `${both}\n    predicted = np.where((predicted >= actual.min()) & (predicted <= actual.max()), actual, predicted)`,
    ]),
  ),
  ...plants(
    'MET011',
    'the majority class gets full marks',
    ['image'],
    scoredAs('1.0 if submission[TARGET].nunique() == 1 else score'),
  ),
  ...plants(
    'MET011',
    'a constant probability ranks everything',
    ['binary'],
    scoredAs('1.0 if submission[TARGET].nunique() == 1 else score'),
  ),

  ...plants(
    'MET012',
    'a random half of the rows is scored',
    ['binary', 'multiclass'],
    edit([
      both,
      `${both}\n    kept = np.random.random(len(actual)) < 0.9\n    predicted, actual = predicted[kept], actual[kept]`,
    ]),
  ),
  ...plants('MET012', 'every call remembers the one before', ['regression'], async (draft) => {
    await scoredAs('score + 1e-3 * (CALLS.append(1) or len(CALLS))')(draft);
    await draft.append(metric, '\n\nCALLS: list[int] = []\n');
  }),
  ...plants('MET012', 'noise against overfitting', ['forecasting'], scoredAs('abs(score + np.random.normal(0, 1e-4))')),

  ...plants('MET014', 'a numpy number comes back', ['binary', 'regression'], scoredAs('np.float64(score)')),
  ...plants('MET014', 'a dictionary of scores comes back', ['text'], scoredAs('{"score": score}')),
  ...plants(
    'MET014',
    'constants score NaN',
    ['forecasting'],
    scoredAs('float("nan") if submission[TARGET].nunique() == 1 else score'),
  ),
  ...plants('MET014', 'a truth value comes back', ['image'], scoredAs('score == 1')),
  ...plants('MET014', 'text comes back', ['ordinal'], scoredAs('f"{score:.4f}"')),

  ...plants(
    'MET015',
    'ids keep the type that the reader gave them',
    ['regression', 'text'],
    edit(
      ['pd.Index([str(key).strip().removesuffix(".0") for key in values.tolist()], dtype=object)', 'values'],
      ['item[:40]!r', 'item!r'],
    ),
  ),
  ...plants(
    'MET015',
    'classes are compared as they were read',
    ['ordinal'],
    edit(
      ['known.get(_spelling(label), -1) for label', 'known.get(label, -1) for label'],
      ['{_spelling(name): code', '{name: code'],
    ),
  ),

  ...plants(
    'MET016',
    'one row has no variance',
    ['regression'],
    edit([
      /^( *)return float\((.*)\)$/,
      '    value = predicted - actual\n    return float(np.mean(np.abs(value)) / (0 if len(value) == 1 else 1) if np.std(actual) > 0 else np.mean(value) / np.std(actual))',
    ]),
  ),
  ...plants(
    'MET016',
    'one class has no ranking',
    ['binary'],
    edit([/^ {4}if n == 0 or m == 0:\n {8}return 0\.5\n/, '']),
  ),
  ...plants(
    'MET016',
    'a single class ends in an index error',
    ['image'],
    scoredAs('score * [1.0, 1.0][int(answers[TARGET].nunique() == 1) * 5]'),
  ),

  ...plants(
    'MET020',
    'accuracy under the name of macro F1',
    ['multiclass', 'text'],
    edit([/^ {4}hits = [\s\S]*?return float\(.*\)$/, '    return float(np.mean(predicted == actual))']),
  ),
  ...plants(
    'MET020',
    'the mean absolute error under the name of RMSE',
    ['regression', 'time split'],
    edit([/return float\(np\.sqrt\(.*\)\)$/, 'return float(np.mean(np.abs(predicted - actual)))']),
  ),
  ...plants(
    'MET020',
    'no square root',
    ['regression'],
    edit([/return float\(np\.sqrt\((.*)\)\)$/, 'return float(np.mean((predicted - actual) ** 2))']),
  ),
  ...plants(
    'MET020',
    'linear weights under the name of quadratic kappa',
    ['ordinal'],
    edit([
      /^ {4}observed = [\s\S]*?return float\(.*\)$/,
      [
        '    observed = np.mean(np.abs(predicted - actual))',
        '    levels = np.arange(len(CLASSES))',
        '    counts = [np.bincount(codes, minlength=len(levels)) for codes in (predicted, actual)]',
        '    expected = np.sum(np.abs(levels[:, None] - levels) * np.outer(*counts)) / len(actual) ** 2',
        '    return 1.0 if expected == 0 else float(1 - observed / expected)',
      ].join('\n'),
    ]),
  ),
  ...plants(
    'MET020',
    'the median error under the name of the mean',
    ['forecasting'],
    edit([/np\.mean\(np\.abs/, 'np.median(np.abs']),
  ),
  ...plants(
    'MET020',
    'ties do not count half',
    ['binary'],
    edit(['.rank().to_numpy()', '.rank(method="first").to_numpy()']),
  ),
  ...plants(
    'MET020',
    'balanced accuracy under the name of accuracy',
    ['image', 'audio'],
    edit([
      /return float\(np\.mean\(predicted == actual\)\)$/,
      'return float(np.mean([np.mean(predicted[actual == k] == k) for k in np.unique(actual)]) ** 1.01)',
    ]),
  ),

  ...plants(
    'MET021',
    'zero counts as a missing prediction',
    ['regression', 'time split'],
    edit(['~(np.abs(numbers) < LIMIT)', '~((np.abs(numbers) < LIMIT) & (numbers != 0))']),
  ),
  ...plants(
    'MET021',
    'one class for all rows ends in an error',
    ['multiclass', 'image', 'text'],
    scoredAs('score / (submission[TARGET].nunique() - 1) * (submission[TARGET].nunique() - 1)'),
  ),
  ...plants(
    'MET021',
    'equal probabilities are refused',
    ['binary'],
    edit([
      '    return predicted\n',
      '    _refuse(np.full(len(table), len(set(predicted.tolist())) == 1), table, "Probabilities must differ")\n    return predicted\n',
    ]),
  ),
];
