// task.json as a model writes it: what it decides, completed with what is known without it.
import { z } from 'zod';
import type { ManifestDraft } from '../../../blueprints/blueprint.ts';
import { licenceOf, sourceOf } from '../../../blueprints/manifest/origin.ts';
import { requiredPackages } from '../../../blueprints/manifest/required-packages.ts';
import type { DatasetProfile } from '../../../dataset/profile.ts';
import { hashValue } from '../../../task/hashing.ts';
import { type MetricName, metricDefinition, metrics } from '../../../task/metrics.ts';
import { draftSpecSchema, schemaVersion, specEntries } from '../../../task/spec.ts';
import { toolName, toolVersion } from '../../../task/version.ts';
import type { Proposal } from '../../proposal.ts';

const decided = specEntries.pick({
  title: true,
  summary: true,
  modality: true,
  objective: true,
  objective_definition: true,
  target: true,
  features: true,
  split: true,
  metric: true,
  submission: true,
});

/** What the manifest must hold, for the prompt: the schema without what only an editor shows. */
export function manifestGuide(): string {
  const { $schema: _, ...schema } = z.toJSONSchema(decided, { target: 'draft-7', io: 'input' });
  const text = JSON.stringify(schema, (key, value) => (editorOnly.has(key) ? undefined : value), 1);
  return `~~~json-schema\n${text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, oneLine)}\n~~~`;
}

const editorOnly = new Set(['markdownEnumDescriptions', 'defaultSnippets']);
const oneLine = (_: string, names: string): string => `[${names.replace(/\s*\n\s*/g, ' ')}]`;

export type ManifestFile =
  | { readonly kind: 'manifest'; readonly manifest: ManifestDraft }
  | { readonly kind: 'invalid'; readonly problem: string };

export interface ManifestFacts {
  readonly proposal: Proposal;
  readonly profile: DatasetProfile;
  readonly scripts: readonly string[];
  readonly seed: number;
  readonly engine: string;
  readonly prompts: string;
}

/** The manifest of a draft, or what is wrong with the text in words that a model can act on. */
export function readManifestFile(text: string, facts: ManifestFacts): ManifestFile {
  const { proposal, profile, scripts, seed, engine, prompts } = facts;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', problem: `task.json is no JSON: ${String(error)}` };
  }
  const parsed = z.looseObject({ metric: z.looseObject({ name: z.string() }) }).safeParse(data);
  if (!parsed.success) return { kind: 'invalid', problem: `task.json:\n${z.prettifyError(parsed.error)}` };
  const own = Object.fromEntries(
    Object.keys(decided.shape).flatMap((key) => (key in parsed.data ? [[key, parsed.data[key]]] : [])),
  );
  const complete = draftSpecSchema.safeParse({
    schema_version: schemaVersion,
    id: proposal.id,
    ...own,
    metric: withRegistry(parsed.data.metric),
    split: { seed, ...(typeof own['split'] === 'object' ? own['split'] : {}) },
    dataset: {
      name: profile.name,
      sha256: profile.sha256,
      licence: licenceOf(profile),
      source: sourceOf(profile),
      files: proposal.data.map(({ file }) => file).sort(),
    },
    seed,
    requires: requiredPackages(scripts),
    provenance: { tool: `${toolName} ${toolVersion}`, engine, formulation: hashValue(proposal), prompts },
    suppressions: [],
  });
  if (complete.success) return { kind: 'manifest', manifest: complete.data };
  return { kind: 'invalid', problem: `task.json does not follow the schema:\n${z.prettifyError(complete.error)}` };
}

/** A known metric has one direction and one range, whoever writes the manifest. */
function withRegistry(metric: { name: string }): Record<string, unknown> {
  if (!(metric.name in metrics)) return metric;
  const { direction, best, worst } = metricDefinition(metric.name as MetricName);
  return { ...metric, direction, best, worst };
}
