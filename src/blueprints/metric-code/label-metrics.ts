// Metrics on one predicted class per row: bodies of evaluate() over positions in CLASSES.
import type { MetricName } from '../../task/metrics.ts';

export const labelPredictions = `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Predicted classes as positions in CLASSES, in the order of the answers."""
    table = _aligned(submission, answers)
    predicted = _codes(table[TARGET])
    _refuse(predicted < 0, table, f"Column {TARGET!r} must hold one of the classes {_some(CLASSES, 20)}")
    return predicted
`;

export const labelAnswers = `def _answers(answers: pd.DataFrame) -> np.ndarray:
    """True classes as positions in CLASSES; a ValueError here is a fault of the task, not of the submission."""
    actual = _codes(answers[TARGET])
    if len(actual) == 0 or (actual < 0).any():
        raise ValueError("the answers must hold at least one row, and only known classes")
    return actual
`;

interface Body {
  readonly doc: string;
  readonly code: string;
}

export const labelBodies: Partial<Record<MetricName, Body>> = {
  accuracy: {
    doc: 'Share of rows whose class is right.',
    code: '    return float(np.mean(predicted == actual))\n',
  },
  'balanced-accuracy': {
    doc: 'Mean recall of the classes that occur in the answers.',
    code: `    support = np.bincount(actual, minlength=len(CLASSES))
    hits = np.bincount(actual[predicted == actual], minlength=len(CLASSES))
    return float(np.mean(hits[support > 0] / support[support > 0]))
`,
  },
  'macro-f1': {
    doc: 'Mean F1 of the classes that occur in the answers or in the predictions.',
    code: `    hits = np.bincount(actual[predicted == actual], minlength=len(CLASSES))
    total = np.bincount(actual, minlength=len(CLASSES)) + np.bincount(predicted, minlength=len(CLASSES))
    return float(np.mean(2 * hits[total > 0] / total[total > 0]))
`,
  },
  mcc: {
    doc: 'Matthews correlation for any number of classes; 0 when answers or predictions know one class only.',
    code: `    p = np.bincount(predicted, minlength=len(CLASSES)) / len(actual)
    t = np.bincount(actual, minlength=len(CLASSES)) / len(actual)
    spread = (1 - p @ p) * (1 - t @ t)
    if p.max() == 1 or t.max() == 1:
        return 0.0
    return float((np.mean(predicted == actual) - p @ t) / np.sqrt(spread))
`,
  },
  'quadratic-kappa': {
    doc: 'Kappa with weights that grow with the squared distance between levels; CLASSES holds them in order.',
    code: `    observed = np.mean((predicted - actual) ** 2)
    # Mean squared distance between a random prediction and a random answer.
    expected = predicted.var() + actual.var() + (predicted.mean() - actual.mean()) ** 2
    if expected == 0:
        return 1.0  # one and the same level throughout: full agreement
    return float(1 - observed / expected)
`,
  },
  mae: {
    doc: 'Mean distance from the true level, counted in levels; CLASSES holds them in order.',
    code: '    return float(np.mean(np.abs(predicted - actual)))\n',
  },
};
