// What a task's metric is called and how it is defined: by the registry, or by the manifest for a metric of its own.
import type { MetricDefinition } from './metrics.ts';
import { metrics } from './metrics.ts';
import type { TaskSpec } from './spec.ts';

type Metric = TaskSpec['metric'];

export interface MetricText {
  readonly label: string;
  readonly summary: string;
  /** LaTeX without delimiters; null for a metric that the registry does not know. */
  readonly formula: string | null;
  /** Address of the definition; null for a metric that the registry does not know. */
  readonly source: string | null;
  /** The texts are an author's, not the registry's: doors escape them as they escape data. */
  readonly authored: boolean;
}

/** What names a metric; more than that is not needed to find its texts. */
type Named = Pick<Metric, 'name' | 'label' | 'definition'>;

/** What the registry says of a metric; null for one that a task defines itself. */
export function registeredMetric({ name }: Pick<Metric, 'name'>): MetricDefinition | null {
  return name === 'custom' ? null : metrics[name];
}

/** Label and definition for people, wherever they stand. */
export function metricText(metric: Named): MetricText {
  const registered = registeredMetric(metric);
  if (registered !== null) {
    const { label, summary, formula, source } = registered;
    return { label, summary, formula, source, authored: false };
  }
  const { label = metric.name, definition = '' } = metric;
  return { label, summary: definition, formula: null, source: null, authored: true };
}

/** The metric in one word of a sentence or a table: its name in the registry, or the label that the task gives it. */
export function metricWord(metric: Named): string {
  return metric.name === 'custom' ? metricText(metric).label : metric.name;
}

/** How a text may name the metric, in lower case: its label, and its name where the registry has it. */
export function metricSpellings(metric: Named): string[] {
  const label = metricText(metric).label.toLowerCase();
  return metric.name === 'custom' ? [label] : [label, metric.name];
}
