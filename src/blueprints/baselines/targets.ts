// What a metric asks of a predicted number: the scale to learn on, the loss to fit, and the best constant.
import type { MetricName } from '../../task/metrics.ts';

export interface NumberGoal {
  /** Expression of the learning scale of array \`actual\`, and of the way back for array \`prediction\`. */
  readonly forward: string;
  readonly back: string;
  readonly scaleComment: string;
  /** Loss of HistGradientBoostingRegressor, on the learning scale. */
  readonly loss: string;
  /** Expression that compares \`y\` and \`p\` on the learning scale; smaller is better. */
  readonly compare: string;
  /** Quantile of the errors by which a model of the mean must be shifted; null for none. */
  readonly quantile: number | null;
  /** Expression of the best constant for array \`values\`. */
  readonly constant: string;
  readonly constantName: string;
}

const squared: NumberGoal = {
  forward: 'actual',
  back: 'prediction',
  scaleComment: '',
  loss: 'loss="squared_error"',
  compare: 'mean_squared_error(y, p)',
  quantile: null,
  constant: 'values.mean()',
  constantName: 'the mean',
};
const absolute: NumberGoal = {
  ...squared,
  loss: 'loss="absolute_error"',
  compare: 'mean_absolute_error(y, p)',
  quantile: 0.5,
  constant: 'np.median(values)',
  constantName: 'the median',
};
const relative: NumberGoal = {
  ...absolute,
  forward: 'np.arcsinh(actual)',
  back: 'np.sinh(prediction)',
  scaleComment: '  # close to a logarithm, so that errors count relative to the value',
};

/** What to fit for a metric on numbers. Relative metrics have no closed best constant: it is searched among quantiles. */
export function numberGoal(metric: MetricName): NumberGoal {
  switch (metric) {
    case 'mae':
      return absolute;
    case 'rmsle':
      return {
        ...squared,
        forward: 'np.log1p(actual)',
        back: 'np.expm1(prediction)',
        scaleComment: '  # the metric compares logarithms',
        constant: 'np.expm1(np.log1p(values).mean())',
        constantName: 'the mean of the logarithms',
      };
    case 'mape':
      return {
        ...relative,
        constant:
          'best_quantile(values, lambda guess: np.mean(np.abs(values - guess) / np.maximum(np.abs(values), 1e-9)))',
        constantName: 'the quantile of the lowest relative error',
      };
    case 'smape':
      return {
        ...relative,
        constant:
          'best_quantile(values, lambda guess: np.mean(np.abs(values - guess) / np.maximum(np.abs(values) + abs(guess), 1e-9)))',
        constantName: 'the quantile of the lowest symmetric relative error',
      };
    case 'pinball':
      return {
        ...squared,
        loss: 'loss="quantile", quantile=0.9',
        compare: 'mean_pinball_loss(y, p, alpha=0.9)',
        quantile: 0.9,
        constant: 'np.quantile(values, 0.9)',
        constantName: 'the 0.9 quantile',
      };
    default:
      return squared;
  }
}

export const bestQuantile = `def best_quantile(values: np.ndarray, loss: Callable[[float], float]) -> float:
    return min(np.quantile(values, np.linspace(0.01, 0.99, 99)), key=loss)
`;
