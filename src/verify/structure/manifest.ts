// STR002 and STR020: the manifest by itself.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { metricDefinition, type PredictionKind } from '../../task/metrics.ts';
import type { SubmissionColumn, TaskSpec } from '../../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { readManifest } from '../package/manifest.ts';
import { structureCatalogue as checks } from './catalogue.ts';

/** The types of a submission column that fit what a metric scores. */
const DTYPES: Readonly<Record<PredictionKind, readonly SubmissionColumn['dtype'][]>> = {
  label: ['label', 'string', 'integer'],
  probability: ['probability', 'number'],
  'class-probabilities': ['probability', 'number'],
  number: ['number', 'integer'],
  'ranked-list': ['ranked-list', 'string'],
};

/** The checks in this file, in order. */
export const manifestChecks: readonly Check[] = [checks.manifest, checks.metric];

/** Validates task.json and looks its metric up. */
export async function checkManifest(context: CheckContext): Promise<CheckOutcome[]> {
  const { problems } = await readManifest(context.files);
  const invalid = problems.map(({ message, range, entry }) =>
    findingOf(checks.manifest, { message, file: layout.manifest, range, evidence: { entry } }),
  );
  const metric =
    context.manifest === null
      ? skipped(checks.metric, 'task.json does not follow the schema')
      : concluded(checks.metric, await checkMetric(context, context.manifest));
  return [concluded(checks.manifest, invalid), metric];
}

async function checkMetric(context: CheckContext, manifest: TaskSpec): Promise<Finding[]> {
  const { metric, objective, submission } = manifest;
  const definition = metricDefinition(metric.name);
  const found: Finding[] = [];
  const report = async (message: string, evidence: Finding['evidence'], ...entry: (string | number)[]) => {
    const range = await context.files.manifestEntry(...entry);
    found.push(findingOf(checks.metric, { message, file: layout.manifest, range, evidence }));
  };
  for (const field of ['direction', 'best', 'worst'] as const) {
    const [declared, expected] = [metric[field], definition[field]];
    if (declared === expected) continue;
    const message = `metric.${field} is ${JSON.stringify(declared)}; for ${metric.name} it is ${JSON.stringify(expected)}.`;
    await report(message, { declared, expected }, 'metric', field);
  }
  if (!definition.objectives.some((name) => name === objective)) {
    const message = `${metric.name} does not score the objective ${objective}.`;
    await report(message, { objectives: [...definition.objectives] }, 'metric', 'name');
  }
  for (const [index, column] of submission.columns.entries()) {
    const allowed = DTYPES[definition.prediction];
    if (allowed.includes(column.dtype)) continue;
    const message = `The submission column "${column.name}" is of type ${column.dtype}; ${metric.name} scores ${allowed.join(' or ')}.`;
    await report(message, { dtype: column.dtype, allowed: [...allowed] }, 'submission', 'columns', index);
  }
  return found;
}
