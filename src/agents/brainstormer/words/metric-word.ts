// Metric names inside sentences.
import { type MetricName, metricDefinition } from '../../../task/metrics.ts';

const short: Readonly<Partial<Record<MetricName, string>>> = { rmse: 'RMSE', mae: 'MAE', rmsle: 'RMSLE', r2: 'R²' };

/** Abbreviations and names of people keep their capital inside a sentence. */
const keepsCapital = /^(?:[A-Z]{2}|Matthews\b|Spearman\b)/;

/** The full name of a metric inside a sentence. */
export function metricPhrase(metric: MetricName): string {
  const { label } = metricDefinition(metric);
  return keepsCapital.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** The usual short name of a metric inside a sentence. */
export function metricWord(metric: MetricName): string {
  return short[metric] ?? metricPhrase(metric);
}
