// The manifest of a draft: everything about a task that is known before it is built.
import type { DatasetProfile } from '../dataset/profile.ts';
import type { TableSource } from '../dataset/source.ts';
import { hashValue } from '../task/hashing.ts';
import { metricDefinition } from '../task/metrics.ts';
import { schemaVersion } from '../task/spec.ts';
import { toolVersion } from '../task/version.ts';
import type { ManifestDraft } from './blueprint.ts';
import type { Formulation } from './formulation.ts';
import { packagesOf } from './prepare/reading.ts';
import { submissionColumns } from './submission-columns.ts';

/** Longest licence or source line that is quoted from a document. */
const quotedLength = 200;

export function draftManifest(formulation: Formulation, profile: DatasetProfile): ManifestDraft {
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
    requires: requires(formulation),
    provenance: {
      tool: `mle-forge ${toolVersion}`,
      engine: 'builtin',
      formulation: hashValue(formulation),
      prompts: null,
    },
    suppressions: [],
  };
}

function splitKeys({ split }: Formulation): string[] {
  if (split.time !== null && split.kind === 'time') return [split.time.column, ...split.series];
  switch (split.together.key) {
    case 'columns':
      return split.together.columns;
    case 'grid':
      return [split.together.latitude, split.together.longitude];
    case 'normalized-text':
      return [split.together.column];
    default:
      return [];
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

function requires(formulation: Formulation): string[] {
  const { source } = formulation;
  const media = source.kind === 'media' ? { image: ['pillow'], audio: ['soundfile'], text: [] }[source.media] : [];
  return [
    ...new Set(['numpy', 'pandas', 'scikit-learn', ...media, ...tablesOf(formulation).flatMap(packagesOf)]),
  ].sort();
}

const licences = [
  /\bCC0(?:-1\.0)?\b/i,
  /\bCC[ -]BY(?:-[A-Z]{2})*(?:[ -]\d\.\d)?/i,
  /\bApache(?: License)?,? (?:Version )?2\.0\b/i,
  /\bMIT(?: License)?\b/,
  /\bBSD[ -]\d[ -]Clause\b/i,
  /\bODbL\b/i,
  /\bGPL(?:v?\d)?\b/,
  /\bpublic domain\b/i,
];

function licenceOf(profile: DatasetProfile): string {
  const documents = [...profile.documents].sort((a, b) => Number(b.kind === 'licence') - Number(a.kind === 'licence'));
  for (const document of documents) {
    for (const pattern of licences) {
      const found = pattern.exec(document.text)?.[0];
      if (found !== undefined) return `${found} (as said in ${document.path})`;
    }
  }
  return 'unknown';
}

function sourceOf(profile: DatasetProfile): string {
  for (const { text } of profile.documents.filter((document) => document.kind === 'readme')) {
    const found = /^\W*source\b\W*(\S.{10,})$/im.exec(text)?.[1] ?? /https?:\/\/[^\s)>\]"']+/.exec(text)?.[0];
    if (found !== undefined) return found.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, quotedLength);
  }
  return 'unknown';
}
