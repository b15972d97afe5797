// STR002 and STR020: the manifest by itself.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type MetricDefinition, metrics, type PredictionKind } from '../../task/metrics.ts';
import type { SubmissionColumn, TaskSpec } from '../../task/spec.ts';
import { registeredMetric } from '../../task/task-metric.ts';
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
  return [concluded(checks.manifest, invalid), await checkMetric(context)];
}

async function checkMetric(context: CheckContext): Promise<CheckOutcome> {
  const { manifest } = context;
  if (manifest === null) return skipped(checks.metric, 'task.json does not follow the schema');
  const registered = registeredMetric(manifest.metric);
  if (registered !== null) return concluded(checks.metric, await againstRegistry(context, manifest, registered));
  const found = await againstItself(context, manifest);
  if (found.length > 0) return concluded(checks.metric, found);
  return skipped(checks.metric, "the metric is the task's own: the registry has nothing to compare it with");
}

type Report = (message: string, evidence: Finding['evidence'], ...entry: (string | number)[]) => Promise<void>;

function reporter(context: CheckContext, found: Finding[]): Report {
  return async (message, evidence, ...entry) => {
    const range = await context.files.manifestEntry(...entry);
    found.push(findingOf(checks.metric, { message, file: layout.manifest, range, evidence }));
  };
}

/** What a metric of the task's own can be wrong about without a look at metric.py. */
async function againstItself(context: CheckContext, { metric }: TaskSpec): Promise<Finding[]> {
  const found: Finding[] = [];
  const report = reporter(context, found);
  const { best, worst, direction, label = '' } = metric;
  if (worst !== null && (direction === 'maximize' ? worst >= best : worst <= best)) {
    const message = `metric.worst, ${worst}, is no worse than metric.best, ${best}, when the metric is to be ${direction}d.`;
    await report(message, { best, worst, direction }, 'metric', 'worst');
  }
  const spelt = label.toLowerCase();
  const taken = Object.entries(metrics).find(([name, known]) => [name, known.label.toLowerCase()].includes(spelt));
  if (taken !== undefined) {
    const message = `A custom metric may not be called "${label}": the registry has a metric of that name, ${taken[0]}.`;
    await report(message, { label, registered: taken[0] }, 'metric', 'label');
  }
  return found;
}

async function againstRegistry(
  context: CheckContext,
  { metric, objective, submission }: TaskSpec,
  definition: MetricDefinition,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const report = reporter(context, found);
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
