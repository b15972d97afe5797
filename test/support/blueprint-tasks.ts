// Formulations for tests of blueprints: say what matters, the rest is small and plain.
import type { Feature, Formulation } from '../../src/blueprints/formulation.ts';
import type { TableSource } from '../../src/dataset/source.ts';
import { sampleFormulation } from './formulations.ts';

type TableTask = Extract<Formulation['source'], { kind: 'table' }>;
export type MediaTask = Extract<Formulation['source'], { kind: 'media' }>;
type Delimited = Extract<TableSource, { format: 'delimited' }>;

export interface TaskOptions {
  readonly source: Partial<TableTask> & { readonly table: TableSource };
  readonly features: Readonly<Record<string, Feature['kind']>>;
  readonly history?: readonly string[];
  /** Target columns: raw name by public name, or one name for both. */
  readonly target: string | Readonly<Record<string, string>>;
  readonly classes?: readonly string[];
  readonly transform?: Formulation['target']['transform'];
  readonly split?: Partial<Formulation['split']>;
  readonly rows?: Partial<Formulation['rows']>;
  readonly objective?: Formulation['objective'];
  readonly metric?: Formulation['metric']['name'];
  readonly positive?: string;
}

/** A CSV file with a header. */
export function csvSource(path: string, columns: readonly string[], more: Partial<Delimited> = {}): Delimited {
  return {
    format: 'delimited',
    path,
    compression: 'none',
    member: null,
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    skipLines: 0,
    header: true,
    columns: [...columns],
    ...more,
  };
}

/** A task on a table. */
export function tableTask(options: TaskOptions): Formulation {
  const base = sampleFormulation('a-task');
  const { target, classes, features, history = [] } = options;
  const targets = typeof target === 'string' ? { [target]: target } : target;
  const classification = classes !== undefined;
  return {
    ...base,
    objective: options.objective ?? (classification ? 'binary-classification' : 'regression'),
    metric: { name: options.metric ?? (classification ? 'accuracy' : 'rmse'), reason: 'It fits.' },
    source: { kind: 'table', lookups: [], aggregates: [], missingCodes: {}, parts: [], ...options.source },
    target: {
      ...base.target,
      columns: Object.entries(targets).map(([name, from]) => ({ name, from, description: 'What is asked.' })),
      transform: options.transform ?? { kind: 'none' },
      classes: classes === undefined ? null : [...classes],
      positive: options.positive ?? null,
    },
    features: {
      kept: Object.entries(features).map(([name, kind]) => ({
        name,
        kind,
        description: 'A column.',
        historyOnly: history.includes(name),
      })),
      excluded: [],
    },
    rows: { ...base.rows, ...options.rows },
    split: { ...base.split, kind: classification ? 'stratified' : 'random', ...options.split },
  };
}

/** A task on files with a class each. */
export function mediaTask(
  source: MediaTask,
  classes: readonly string[],
  split: Partial<Formulation['split']> = {},
): Formulation {
  const base = sampleFormulation('a-media-task');
  const name = source.media === 'text' ? 'text' : 'file';
  return {
    ...base,
    modality: source.media,
    objective: 'binary-classification',
    source,
    target: {
      ...base.target,
      columns: [{ name: 'label', from: 'label', description: 'The class.' }],
      classes: [...classes],
    },
    features: { kept: [{ name, kind: source.media, description: 'The content.', historyOnly: false }], excluded: [] },
    split: { ...base.split, ...split },
  };
}
