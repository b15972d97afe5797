// A small formulation of which only what decides the metric and the baselines varies.
import type { Feature, Formulation } from '../../../src/blueprints/formulation.ts';
import type { MetricName } from '../../../src/task/metrics.ts';
import type { Modality, Objective } from '../../../src/task/objectives.ts';
import { sampleFormulation } from '../../support/formulations.ts';

export interface ToyOptions {
  readonly metric: MetricName;
  readonly objective?: Objective;
  readonly modality?: Modality;
  readonly targets?: readonly string[];
  readonly classes?: readonly string[];
  readonly positive?: string;
  readonly features?: Readonly<Record<string, Feature['kind']>>;
  readonly historyOnly?: readonly string[];
  readonly time?: { readonly column: string; readonly format: string };
  readonly series?: readonly string[];
  readonly together?: Formulation['split']['together'];
}

export function toyFormulation(options: ToyOptions): Formulation {
  const { metric, classes, targets = ['target'], features = {}, historyOnly = [], time, series = [] } = options;
  const base = sampleFormulation('toy');
  return {
    ...base,
    modality: options.modality ?? 'tabular',
    objective: options.objective ?? (classes === undefined ? 'regression' : 'multiclass-classification'),
    metric: { name: metric, reason: 'It is tested.' },
    target: {
      ...base.target,
      columns: targets.map((name) => ({ name, from: name, description: '' })),
      classes: classes === undefined ? null : [...classes],
      positive: options.positive ?? null,
    },
    features: {
      kept: Object.entries(features).map(([name, kind]) => ({
        name,
        kind,
        description: '',
        historyOnly: historyOnly.includes(name),
      })),
      excluded: [],
    },
    split: {
      ...base.split,
      together: options.together ?? base.split.together,
      time: time ?? null,
      series: [...series],
    },
  };
}
