// Repairs that leave features out, with the measured reason beside the column.
import type { Formulation } from '../../blueprints/formulation.ts';
import type { Finding } from '../../task/findings.ts';
import type { Repair } from './repair.ts';

/** Excludes the features that a finding names. At least one feature must stay. */
export const excludeColumns: Repair = (formulation, finding) => {
  const named = columnsOf(finding).filter((name) => formulation.features.kept.some((f) => f.name === name));
  const kept = formulation.features.kept.filter((feature) => !named.includes(feature.name));
  if (named.length === 0 || kept.length === 0 || splitNeeds(formulation, named)) return null;
  const reason = `${finding.message} (${finding.code})`;
  const excluded = [...formulation.features.excluded, ...named.map((column) => ({ column, reason }))];
  return {
    formulation: { ...withoutOutputs(formulation, named), features: { kept, excluded } },
    change: `Left out ${named.map((name) => `"${name}"`).join(', ')}: ${finding.message}`,
  };
};

function columnsOf({ evidence }: Finding): string[] {
  const { column, columns } = evidence;
  const named = [column, ...(Array.isArray(columns) ? columns : [])];
  return [...new Set(named.filter((name): name is string => typeof name === 'string'))];
}

/** A feature that came through a lookup or an aggregate is no longer asked for there either. */
function withoutOutputs(formulation: Formulation, names: readonly string[]): Formulation {
  const { source } = formulation;
  if (source.kind !== 'table') return formulation;
  const lookups = source.lookups
    .map((lookup) => ({ ...lookup, columns: lookup.columns.filter((c) => !names.includes(`${lookup.prefix}${c}`)) }))
    .filter((lookup) => lookup.columns.length > 0);
  const aggregates = source.aggregates
    .map((sums) => ({ ...sums, outputs: sums.outputs.filter((output) => !names.includes(output.name)) }))
    .filter((sums) => sums.outputs.length > 0);
  return { ...formulation, source: { ...source, lookups, aggregates } };
}

/** Series and map blocks are what the task is about; without their columns it would be another one. */
function splitNeeds({ split }: Formulation, names: readonly string[]): boolean {
  const grid = split.together.key === 'grid' ? [split.together.latitude, split.together.longitude] : [];
  return [...split.series, ...grid].some((name) => names.includes(name));
}
