// Lines of Python around a model of numbers: to the learning scale, and back within the range seen.
import type { NumberGoal } from './targets.ts';

/** The line that sets `y` from the target column, on the learning scale. */
export function learningScale({ scale }: NumberGoal, column = 'train[target]'): string {
  const numbers = `pd.to_numeric(${column}).to_numpy(float)`;
  return scale === null ? `    y = ${numbers}\n` : `    y = ${scale.forward}(${numbers})  # ${scale.reason}\n`;
}

/** The line that returns an expression on the learning scale as predictions, within the range of `y`. */
export function returnWithinRange({ scale }: NumberGoal, expression: string): string {
  const clipped = `np.clip(${expression}, y.min(), y.max())`;
  return `    return ${scale === null ? clipped : `${scale.back}(${clipped})`}\n`;
}

/** Why a model of the mean is shifted for a metric that asks for a quantile. */
export function shiftComment(quantile: number, model = 'the model'): string {
  return quantile === 0.5
    ? `    # The metric is best served by the median, ${model} fits the mean.\n`
    : `    # The metric asks for the ${quantile} quantile, ${model} fits the mean.\n`;
}
