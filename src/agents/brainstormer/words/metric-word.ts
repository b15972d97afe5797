// Metric names inside sentences.
import { type MetricName, metricDefinition } from '../../../task/metrics.ts';

const short: Readonly<Partial<Record<MetricName, string>>> = { rmse: 'RMSE', mae: 'MAE', rmsle: 'RMSLE', r2: 'R²' };

/** The usual short name of a metric inside a sentence. */
export function metricWord(metric: MetricName): string {
  return short[metric] ?? metricDefinition(metric).label;
}
