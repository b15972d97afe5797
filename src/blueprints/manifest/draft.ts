// The manifest of a draft: everything about a task that is known before it is built.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { TableSource } from '../../dataset/source.ts';
import { hashValue } from '../../task/hashing.ts';
import { metricDefinition } from '../../task/metrics.ts';
import { schemaVersion } from '../../task/spec.ts';
import { toolName, toolVersion } from '../../task/version.ts';
import type { ManifestDraft } from '../blueprint.ts';
import type { Formulation } from '../formulation.ts';
import { licenceOf, sourceOf } from './origin.ts';
import { submissionColumns } from './submission-columns.ts';

/** Everything that the manifest says; `packages` are those that the scripts import. */
export function draftManifest(
  formulation: Formulation,
  profile: DatasetProfile,
  packages: readonly string[],
): ManifestDraft {
  const { metric, split, target, features } = formulation;
  const { direction, best, worst } = metricDefinition(metric.name);
  return {
    schema_version: schemaVersion,
    id: formulation.id,
    title: formulation.title,
    summary: formulation.summary,
    dataset: {
      name: profile.name,
      sha256: profile.sha256,
      licence: licenceOf(profile),
      source: sourceOf(profile),
      files: filesOf(formulation),
    },
    modality: formulation.modality,
    objective: formulation.objective,
    target: { columns: target.columns.map((column) => column.name), derivation: target.derivation },
    features: {
      kept: features.kept.filter((feature) => !feature.historyOnly).map((feature) => feature.name),
      excluded: [
        ...features.excluded,
        ...features.kept
          .filter((feature) => feature.historyOnly)
          .map((feature) => ({
            column: feature.name,
            reason: 'known only together with the target; in the training part as history',
          })),
      ],
    },
    split: {
      kind: split.kind,
      by: splitKeys(formulation),
      test_fraction: split.testFraction,
      seed: split.seed,
      reason: split.reason,
    },
    metric: { name: metric.name, direction, best, worst, reason: metric.reason },
    submission: { format: 'csv', id_column: 'id', columns: submissionColumns(formulation) },
    seed: split.seed,
    requires: [...packages],
    provenance: {
      tool: `${toolName} ${toolVersion}`,
      engine: 'builtin',
      formulation: hashValue(formulation),
      prompts: null,
    },
    suppressions: [],
  };
}

function splitKeys({ split, target }: Formulation): string[] {
  if (split.kind === 'official') return ['file'];
  if (split.time !== null && split.kind === 'time') return [split.time.column, ...split.series];
  switch (split.together.key) {
    case 'columns':
      // The public `id` numbers rows; an `id` of the raw table is another thing.
      return split.together.columns.map((name) => (name === 'id' ? 'id of the raw table' : name));
    case 'grid':
      return [split.together.latitude, split.together.longitude];
    case 'normalized-text':
      return [split.together.column];
    case 'content':
      return ['content of the file'];
    case 'name-run':
      return ['number in the file name'];
    case 'none':
      return split.kind === 'stratified' ? target.columns.map((column) => column.name) : [];
  }
}

function tablesOf(formulation: Formulation): TableSource[] {
  const { source } = formulation;
  if (source.kind === 'media') return source.table === null ? [] : [source.table];
  const own = source.parts.length > 0 ? source.parts.map((part) => part.table) : [source.table];
  return [
    ...own,
    ...source.lookups.map((lookup) => lookup.table),
    ...source.aggregates.map((aggregate) => aggregate.table),
  ];
}

function filesOf(formulation: Formulation): string[] {
  const { source } = formulation;
  const media = source.kind === 'media' ? [source.root === '' ? '.' : source.root] : [];
  return [...new Set([...media, ...tablesOf(formulation).map((table) => table.path)])].sort();
}
