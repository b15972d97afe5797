// The kinds of tasks whose generated baselines stand in test/golden/baselines, where the Python tests run them.
import type { ToyOptions } from '../metric-code/toy-formulation.ts';

const everyKind = {
  size: 'number',
  empty: 'number',
  code: 'category',
  open: 'boolean',
  seen: 'datetime',
  note: 'text',
  north: 'latitude',
  east: 'longitude',
} as const;
const trees = ['ash', 'birch', 'cedar'];

/** Options by folder name. */
export const baselineCases: Readonly<Record<string, ToyOptions>> = {
  rows_to_labels: { metric: 'macro-f1', classes: trees, features: everyKind },
  rows_to_probabilities: { metric: 'log-loss', classes: trees, features: { size: 'number', code: 'category' } },
  rows_to_one_probability: {
    metric: 'roc-auc',
    objective: 'binary-classification',
    classes: ['no', 'yes'],
    positive: 'yes',
    features: { size: 'number', north: 'latitude', east: 'longitude' },
    together: { key: 'grid', latitude: 'north', longitude: 'east', degrees: 0.5 },
  },
  rows_to_levels: {
    metric: 'quadratic-kappa',
    objective: 'ordinal-regression',
    classes: ['low', 'middle', 'high'],
    features: { size: 'number', code: 'category' },
  },
  rows_to_numbers: {
    metric: 'mae',
    objective: 'multi-output-regression',
    targets: ['width', 'height "net"'],
    features: { size: 'number', code: 'category', seen: 'datetime' },
  },
  text_to_labels: { metric: 'accuracy', modality: 'text', classes: trees, features: { note: 'text' } },
  image_to_labels: { metric: 'accuracy', modality: 'image', classes: trees, features: { file: 'image' } },
  audio_to_labels: { metric: 'macro-f1', modality: 'audio', classes: ['0', '1', '2'], features: { file: 'audio' } },
  audio_to_probabilities: { metric: 'log-loss', modality: 'audio', classes: trees, features: { file: 'audio' } },
  series_to_numbers: {
    metric: 'rmse',
    objective: 'forecasting',
    modality: 'time-series',
    features: { seen: 'datetime', code: 'category', size: 'number', sold: 'number' },
    historyOnly: ['sold'],
    time: { column: 'seen', format: 'iso' },
    series: ['code'],
  },
  rows_to_lists: { metric: 'map-at-k', objective: 'recommendation', features: { code: 'category', size: 'number' } },
};
