// The two lowest rungs: the sample submission as it is, and the best constant for the metric.

import { classHelpers } from './outputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { bestQuantile, numberGoal } from './targets.ts';
import { type BaselineView, constant, targetConstants } from './view.ts';

export function sampleBaseline(): string {
  return renderScript({
    doc: 'Sample baseline: the sample submission, unchanged.',
    constants: [],
    functions: [],
    solve: '    shutil.copyfile(public / "sample_submission.csv", submission)\n',
  });
}

/** One prediction for every row, or for every series of a forecast. */
export function constantBaseline(view: BaselineView): string {
  if (view.shape.kind === 'number') return constantNumber(view);
  if (view.shape.kind === 'ranked-list') return constantList(view);
  const [doc, body] = constantClass(view);
  return renderScript({
    doc: `Constant baseline: ${doc}.`,
    constants: targetConstants(view, view.ordinal || undefined),
    functions: [readTable, ...classHelpers(view)],
    solve: `${readBoth}${body}${write}`,
  });
}

function constantClass({ shape, metric }: BaselineView): [doc: string, body: string] {
  if (shape.kind === 'class-probabilities') {
    return [
      'the share of each class in train',
      `    shares = train[TARGET].value_counts(normalize=True)
    result = probability_table(test[ID], np.tile(shares.to_numpy(), (len(test), 1)), shares.index)
`,
    ];
  }
  if (shape.kind === 'probability') {
    return [
      'the share of the positive class in train',
      '    result = pd.DataFrame({ID: test[ID], TARGET: (train[TARGET] == POSITIVE).mean().round(6)})\n',
    ];
  }
  if (metric === 'mae') {
    return [
      'the middle level of train',
      `    levels = train[TARGET].map({name: number for number, name in enumerate(CLASSES)}).sort_values()
    result = pd.DataFrame({ID: test[ID], TARGET: CLASSES[levels.iloc[len(levels) // 2]]})
`,
    ];
  }
  return [
    'the most frequent class of train',
    '    result = pd.DataFrame({ID: test[ID], TARGET: train[TARGET].mode()[0]})\n',
  ];
}

function constantNumber(view: BaselineView): string {
  const goal = numberGoal(view.metric);
  const series = view.forecast?.series ?? [];
  const targets = view.shape.targets.length > 1;
  const helpers = goal.constant.startsWith('best_quantile') ? [bestQuantile] : [];
  const best = `def best_constant(values: np.ndarray) -> float:
    """${goal.constantName.charAt(0).toUpperCase()}${goal.constantName.slice(1)}, the best single guess for the metric."""
    return float(${goal.constant})
`;
  const predict =
    series.length > 0
      ? `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> pd.Series:
    """The constant of each series; of all rows for a series without a past."""
    values = pd.to_numeric(train[target])
    each = values.groupby([train[name] for name in SERIES]).apply(lambda part: best_constant(part.to_numpy(float)))
    keys = pd.MultiIndex.from_frame(test[SERIES]) if len(SERIES) > 1 else test[SERIES[0]]
    return each.reindex(keys).fillna(best_constant(values.to_numpy(float))).to_numpy()
`
      : `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    return np.full(len(test), best_constant(pd.to_numeric(train[target]).to_numpy(float)))
`;
  const all = targets
    ? '**{name: predict(train, test, name) for name in TARGETS}'
    : 'TARGET: predict(train, test, TARGET)';
  return renderScript({
    doc: `Constant baseline: ${goal.constantName} of the target in train${series.length > 0 ? ', for each series' : ''}.`,
    constants: [...targetConstants(view), ...(series.length > 0 ? [constant('SERIES', series)] : [])],
    functions: [readTable, predict, best, ...helpers],
    solve: `${readBoth}    result = pd.DataFrame({ID: test[ID], ${all}})
${write}`,
  });
}

function constantList(view: BaselineView): string {
  return renderScript({
    doc: 'Constant baseline: the ten most frequent items of train, for every row.',
    constants: targetConstants(view),
    functions: [readTable],
    solve: `${readBoth}    items = train[TARGET].str.split().explode().dropna()
    counts = items.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    result = pd.DataFrame({ID: test[ID], TARGET: " ".join(counts.index[:10])})
${write}`,
  });
}
