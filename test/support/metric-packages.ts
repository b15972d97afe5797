// Packages that hold little more than a generated metric: what the metric contract needs to be tried.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { predictionShape } from '../../src/blueprints/metric-code/prediction-shape.ts';
import { renderMetric } from '../../src/blueprints/metric-code/render.ts';
import { layout } from '../../src/task/layout.ts';
import { metricDefinition } from '../../src/task/metrics.ts';
import type { SubmissionColumn, TaskSpec } from '../../src/task/spec.ts';
import { type ToyOptions, toyFormulation } from '../unit/metric-code/toy-formulation.ts';
import { randomNumbers } from './tables.ts';

const ROWS = 160;
const DTYPES = {
  label: 'label',
  probability: 'probability',
  'class-probabilities': 'probability',
  number: 'number',
  'ranked-list': 'ranked-list',
} as const;

/** Predictions that name classes or items. */
const takesClasses = new Set(['label', 'ranked-list']);

/** Writes metric.py, task.json and the answers of a metric case into a new folder. */
export async function writeMetricPackage(folder: string, options: ToyOptions): Promise<TaskSpec> {
  const manifest = manifestOf(options);
  await mkdir(path.join(folder, layout.privateData), { recursive: true });
  await writeFile(path.join(folder, layout.metric), renderMetric(toyFormulation(options)));
  await writeFile(path.join(folder, layout.manifest), JSON.stringify(manifest));
  await writeFile(path.join(folder, layout.answers), answersOf(options));
  return manifest;
}

/** What the verifier needs of a manifest to try a metric. */
function manifestOf(options: ToyOptions): TaskSpec {
  const formulation = toyFormulation(options);
  const shape = predictionShape(formulation);
  const { direction, best, worst } = metricDefinition(options.metric);
  const about = (index: number): SubmissionColumn['of'] => {
    const column = shape.targets[shape.kind === 'number' ? index : 0] ?? '';
    const classes = { 'class-probabilities': shape.classes[index] ?? null, probability: shape.positive };
    return { column, class: shape.kind in classes ? classes[shape.kind as keyof typeof classes] : null };
  };
  const columns = shape.columns.map((name, index) => ({
    name,
    dtype: DTYPES[shape.kind],
    description: '',
    of: about(index),
    ...(takesClasses.has(shape.kind) && shape.classes.length > 0 ? { allowed: [...shape.classes] } : {}),
  }));
  return {
    objective: formulation.objective,
    target: { columns: [...shape.targets], derivation: 'As written.' },
    metric: { name: options.metric, direction, best, worst, reason: 'Because.' },
    submission: { format: 'csv', id_column: 'id', columns },
    split: { kind: 'random', by: [] },
  } as unknown as TaskSpec;
}

/** Random answers of the kind that the metric scores, the first classes more frequent than the last. */
function answersOf(options: ToyOptions): string {
  const { kind, targets, classes } = predictionShape(toyFormulation(options));
  const random = randomNumbers(12);
  const items = classes.length > 0 ? classes : ['a1', 'b2', 'c3', 'd4'];
  const drawn = (from: readonly string[]) => from[Math.floor(from.length * random() ** 1.6)] ?? '';
  const cell = (): string => {
    if (kind === 'number' && options.classes === undefined) return (1 + 140 * random() ** 2).toFixed(2);
    if (kind === 'number') return drawn(options.classes ?? []);
    if (kind === 'ranked-list') return [...new Set([drawn(items), drawn(items), drawn(items)])].join(' ');
    return drawn(items);
  };
  const quoted = (name: string) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const rows = Array.from({ length: ROWS }, (_, row) => [(row * 37) % 1009, ...targets.map(cell)].join(','));
  return `${[['id', ...targets.map(quoted)].join(','), ...rows].join('\n')}\n`;
}
