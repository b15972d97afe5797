// Where a file of a task speaks of its metric.
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricSpellings } from '../../task/task-metric.ts';

/** Whether a word at a character of a line stands for the metric; the span of the word, or null. */
export function metricSpot(
  file: string,
  line: string,
  character: number,
  metric: TaskSpec['metric'],
): readonly [number, number] | null {
  const texts = wanted(file, line, metric);
  for (const text of texts) {
    for (let at = line.toLowerCase().indexOf(text); at >= 0; at = line.toLowerCase().indexOf(text, at + 1)) {
      if (at <= character && character <= at + text.length) return [at, at + text.length];
    }
  }
  return null;
}

function wanted(file: string, line: string, metric: TaskSpec['metric']): string[] {
  if (file === layout.metric) return /^def evaluate\(/.test(line) ? ['evaluate'] : [];
  if (file === layout.manifest) return /"(name|direction)"\s*:/.test(line) ? [`"${metric.name}"`] : [];
  return file === layout.description || file === layout.publicDescription ? metricSpellings(metric) : [];
}
