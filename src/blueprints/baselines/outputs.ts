// How predictions become a submission, by kind of prediction.
import type { BaselineView } from './view.ts';

export const readTable = `def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)
`;

export const readBoth = '    train, test = read(public / "train.csv"), read(public / "test.csv")\n';

/** Probabilities with six decimals and numbers with seven digits: enough for a score, and stable from machine to machine. */
export const write = '    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\\n")\n';

export const probabilityTable = `def probability_table(ids: pd.Series, probabilities: np.ndarray, classes: np.ndarray) -> pd.DataFrame:
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

/** Whether the metric weighs every class alike, however rare. */
export function weighsClassesAlike({ metric }: BaselineView): boolean {
  return metric === 'macro-f1' || metric === 'balanced-accuracy';
}
