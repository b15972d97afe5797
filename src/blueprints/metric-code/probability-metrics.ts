// Metrics on probabilities: of the positive class, or of every class.
import type { MetricName } from '../../task/metrics.ts';

export const probabilityPredictions = `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Probability of POSITIVE for each row, in the order of the answers."""
    table = _aligned(submission, answers)
    predicted = _numbers(table[TARGET])
    _refuse(~((predicted >= 0) & (predicted <= 1)), table, f"Column {TARGET!r} must hold probabilities from 0 to 1")
    return predicted
`;

export const classProbabilityPredictions = `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Probabilities in the order of the answers: one row each, one column per class, rows summing to 1."""
    table = _aligned(submission, answers)
    predicted = np.column_stack([_numbers(table[f"prob_{name}"]) for name in CLASSES])
    for name, column in zip(CLASSES, predicted.T, strict=True):
        _refuse(~((column >= 0) & (column <= 1)), table, f"Column 'prob_{name}' must hold probabilities from 0 to 1")
    total = predicted.sum(axis=1, keepdims=True)
    _refuse(np.abs(total[:, 0] - 1) > TOLERANCE, table, "The probabilities of a row must sum to 1")
    return predicted / total
`;

interface Body {
  readonly doc: string;
  readonly code: string;
}

export const probabilityBodies: Partial<Record<MetricName, Body>> = {
  'roc-auc': {
    doc: 'Chance that a positive row ranks above a negative one, ties half; 0.5 when the answers know one class only.',
    code: `    positive = actual == CLASSES.index(POSITIVE)
    n, m = int(positive.sum()), int((~positive).sum())
    if n == 0 or m == 0:
        return 0.5
    ranks = pd.Series(predicted).rank().to_numpy()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))
`,
  },
  'average-precision': {
    doc: 'Precision averaged over the steps of recall; 0 when the answers hold no positive row.',
    code: `    order = np.argsort(-predicted, kind="stable")
    hits = np.cumsum(actual[order] == CLASSES.index(POSITIVE))
    if hits[-1] == 0:
        return 0.0
    ends = np.flatnonzero(np.diff(predicted[order], append=-1))  # equal probabilities make one step
    recall = hits[ends] / hits[-1]
    return float(np.sum(np.diff(recall, prepend=0) * hits[ends] / (ends + 1)))
`,
  },
  'log-loss': {
    doc: 'Mean negative logarithm of the probability of the true class, which counts as at least 1e-15.',
    code: `    chosen = predicted[np.arange(len(actual)), actual]
    return float(np.mean(np.log(1 / np.maximum(chosen, 1e-15))))
`,
  },
};
