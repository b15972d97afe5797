// Metrics on predicted numbers: bodies of a score over one column of floats.
import type { MetricName } from '../../task/metrics.ts';

interface NumberBody {
  /** How the score is defined, degenerate cases included. */
  readonly doc: string;
  readonly code: string;
  /** The metric takes the logarithm of 1 + value. */
  readonly notNegative?: boolean;
}

export function numberPredictions(many: boolean, notNegative: boolean): string {
  const wrong = notNegative ? '~((numbers >= 0) & (numbers < LIMIT))' : '~(np.abs(numbers) < LIMIT)';
  const rule = notNegative ? 'must hold numbers that are not negative' : 'must hold finite numbers';
  const problem = `f"Column {${many ? 'name' : 'TARGET'}!r} ${rule}"`;
  if (!many) {
    return `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Predicted numbers in the order of the answers."""
    table = _aligned(submission, answers)
    numbers = _numbers(table[TARGET])
    _refuse(${wrong}, table, ${problem})
    return numbers
`;
  }
  return `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> dict[str, np.ndarray]:
    """Predicted numbers of each target in the order of the answers."""
    table = _aligned(submission, answers)
    predicted = {name: _numbers(table[name]) for name in TARGETS}
    for name, numbers in predicted.items():
        _refuse(${wrong}, table, ${problem})
    return predicted
`;
}

export function numberAnswers(many: boolean, notNegative: boolean): string {
  const wrong = notNegative ? 'not (actual >= 0).all()' : 'not np.isfinite(actual).all()';
  const rule = notNegative ? 'only numbers that are not negative' : 'only numbers';
  const [signature, column] = many
    ? ['answers: pd.DataFrame, target: str', 'target']
    : ['answers: pd.DataFrame', 'TARGET'];
  return `def _answers(${signature}) -> np.ndarray:
    """True numbers; a ValueError here is a fault of the task, not of the submission."""
    actual = _numbers(answers[${column}])
    if len(actual) == 0 or ${wrong}:
        raise ValueError("the answers must hold at least one row, and ${rule}")
    return actual
`;
}

export const numbers = `def _numbers(values: pd.Series) -> np.ndarray:
    """Values as floats; NaN for anything but a plain number (words, booleans, dates, empty cells)."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iuf":
        return values.to_numpy(float)
    return np.array([_number(value) for value in values.tolist()], dtype=float)


def _number(value: object) -> float:
    try:
        return float(str(value))  # by way of text, where True is not 1
    except ValueError:
        return np.nan
`;

export const numberBodies: Partial<Record<MetricName, NumberBody>> = {
  rmse: {
    doc: 'Root of the mean squared error.',
    code: '    return float(np.sqrt(np.mean((predicted - actual) ** 2)))\n',
  },
  mae: { doc: 'Mean absolute error.', code: '    return float(np.mean(np.abs(predicted - actual)))\n' },
  rmsle: {
    doc: 'Root of the mean squared difference of log(1 + value).',
    code: '    return float(np.sqrt(np.mean((np.log1p(predicted) - np.log1p(actual)) ** 2)))\n',
    notNegative: true,
  },
  mape: {
    doc: 'Mean absolute error relative to the answer.',
    code: `    size = np.maximum(np.abs(actual), np.finfo(float).eps)  # an answer of 0 counts as the smallest step from 0
    return float(np.mean(np.abs(predicted - actual) / size))
`,
  },
  smape: {
    doc: 'Mean of 2 |error| / (|prediction| + |answer|), where 0 / 0 counts as 0.',
    code: `    size = np.abs(predicted) + np.abs(actual)
    return float(np.mean(2 * np.abs(predicted - actual) / np.where(size == 0, 1, size)))
`,
  },
  r2: {
    doc: 'Share of the variance explained. With constant answers: 1 for exact predictions, otherwise 0.',
    code: `    error, variance = np.sum((predicted - actual) ** 2), np.sum((actual - actual.mean()) ** 2)
    if np.ptp(actual) == 0:
        return float(error == 0)
    return float(1 - error / variance)
`,
  },
  spearman: {
    doc: 'Correlation of the ranks, ties with their mean rank. Constant answers or predictions score 0.',
    code: `    if np.ptp(predicted) == 0 or np.ptp(actual) == 0:
        return 0.0
    return float(np.corrcoef(pd.Series(predicted).rank(), pd.Series(actual).rank())[0, 1])
`,
  },
  pinball: {
    doc: 'Loss of the 0.9 quantile: an error below costs 0.9 of its size, an error above 0.1.',
    code: `    error = actual - predicted
    return float(np.mean(np.maximum(0.9 * error, -0.1 * error)))
`,
  },
};
