// How predictions become a submission, by kind of prediction.
import type { BaselineView } from './view.ts';

const probabilityTable = `def probability_table(ids: pd.Series, probabilities: np.ndarray, classes: np.ndarray) -> pd.DataFrame:
    """One column per class. No probability is zero: a certain miss would cost more than all other rows."""
    table = pd.DataFrame(probabilities, columns=classes, index=ids.index).reindex(columns=CLASSES, fill_value=0.0)
    table = table.clip(lower=1e-5)
    table = table.div(table.sum(axis=1), axis=0).round(6).add_prefix("prob_")
    table.insert(0, ID, ids)
    return table
`;

/** Lines that set `result` from the labels or from the probabilities (one column per entry of `classes`). */
export function classResult(
  { shape }: BaselineView,
  source: { readonly labels: string; readonly probabilities: string; readonly classes: string },
): string {
  switch (shape.kind) {
    case 'class-probabilities':
      return `    result = probability_table(test[ID], ${source.probabilities}, ${source.classes})\n`;
    case 'probability':
      return `    positive = list(${source.classes}).index(POSITIVE)
    result = pd.DataFrame({ID: test[ID], TARGET: ${source.probabilities}[:, positive].round(6)})
`;
    default:
      return `    result = pd.DataFrame({ID: test[ID], TARGET: ${source.labels}})\n`;
  }
}

/** Lines that set `result` from `predict(train, test, target)`, for one or several numbers. */
export function numberResult({ shape }: BaselineView, more = ''): string {
  return shape.targets.length > 1
    ? `    result = pd.DataFrame({ID: test[ID], **{name: predict(train, test, name${more}) for name in TARGETS}})\n`
    : `    result = pd.DataFrame({ID: test[ID], TARGET: predict(train, test, TARGET${more})})\n`;
}

/** The function that `classResult` calls, where it calls one. */
export function classHelpers({ shape }: BaselineView): string[] {
  return shape.kind === 'class-probabilities' ? [probabilityTable] : [];
}
