// The kinds of task that can be built. The first blueprint that applies builds.
import { assemble } from './assemble.ts';
import type { Blueprint } from './blueprint.ts';
import type { Formulation } from './formulation.ts';

const supervised = [
  'binary-classification',
  'multiclass-classification',
  'ordinal-regression',
  'regression',
  'multi-output-regression',
];

function blueprint(name: string, applies: (formulation: Formulation) => boolean): Blueprint {
  return { name, applies, build: assemble };
}

const isSupervised = ({ objective }: Formulation) => supervised.includes(objective);
const hasText = ({ features }: Formulation) => features.kept.some((feature) => feature.kind === 'text');

export const blueprints: readonly Blueprint[] = [
  blueprint('image', (task) => task.source.kind === 'media' && task.source.media === 'image' && isSupervised(task)),
  blueprint('audio', (task) => task.source.kind === 'media' && task.source.media === 'audio' && isSupervised(task)),
  blueprint('text-files', (task) => task.source.kind === 'media' && task.source.media === 'text' && isSupervised(task)),
  blueprint(
    'forecasting',
    (task) => task.source.kind === 'table' && task.objective === 'forecasting' && task.split.time !== null,
  ),
  blueprint('time-ordered', (task) => task.source.kind === 'table' && isSupervised(task) && task.split.kind === 'time'),
  blueprint(
    'relational',
    (task) =>
      task.source.kind === 'table' &&
      isSupervised(task) &&
      task.source.lookups.length + task.source.aggregates.length > 0,
  ),
  blueprint(
    'geospatial',
    (task) => task.source.kind === 'table' && isSupervised(task) && task.split.together.key === 'grid',
  ),
  blueprint('text', (task) => task.source.kind === 'table' && isSupervised(task) && hasText(task)),
  blueprint('tabular', (task) => task.source.kind === 'table' && isSupervised(task)),
];

/** The blueprint for a formulation; undefined when no kind of task fits. */
export function blueprintFor(formulation: Formulation): Blueprint | undefined {
  return blueprints.find((candidate) => candidate.applies(formulation));
}
