// Rows of child tables summed up per row of the base table: how many there are, and the mean of their numbers.
import type { DatasetProfile, TableProfile } from '../../../dataset/profile.ts';
import type { IdeaFeature, TableTaskSource } from '../idea.ts';
import { humanised } from '../words/names.ts';
import { tableName } from './join-parents.ts';

const MOST_NUMBERS = 3;

export interface ChildAggregates {
  readonly aggregates: TableTaskSource['aggregates'];
  readonly features: readonly IdeaFeature[];
}

/** Whether rows of the child carry a time, or belong to something that does: events after the row began to exist. */
function happensLater(profile: DatasetProfile, child: TableProfile, base: TableProfile): boolean {
  const parents = profile.relations.filter((item) => item.from.table === child.id && item.to.table !== base.id);
  const around = [
    child,
    ...parents.flatMap((item) => profile.tables.find((table) => table.id === item.to.table) ?? []),
  ];
  return around.some((table) => table.columns.some((column) => column.time !== null && column.kind !== 'integer'));
}

/** Aggregates over every child of `table` that has numbers of its own; screening decides whether they give targets away. */
export function childAggregates(profile: DatasetProfile, table: TableProfile): ChildAggregates {
  const aggregates: TableTaskSource['aggregates'] = [];
  const features: IdeaFeature[] = [];
  for (const relation of profile.relations) {
    const child = profile.tables.find((item) => item.id === relation.from.table);
    if (relation.to.table !== table.id || child === undefined || child.id === table.id) continue;
    const keys = new Set([
      ...profile.relations.flatMap((item) => (item.from.table === child.id ? [item.from.column] : [])),
      ...child.keys.flat(),
    ]);
    const numbers = child.columns.filter(
      (column) => column.numeric !== null && column.distinct > 1 && !keys.has(column.name),
    );
    // What happens to a row later, or a bare link, is not known when a new row is judged.
    if (numbers.length === 0 || happensLater(profile, child, table)) continue;
    const name = tableName(child);
    const prefix = `${name}_`;
    const outputs: TableTaskSource['aggregates'][number]['outputs'] = [
      { name: `${prefix}count`, column: null, function: 'count' },
      ...numbers.slice(0, MOST_NUMBERS).flatMap((column) => [
        { name: `${prefix}${column.name}_sum`, column: column.name, function: 'sum' as const },
        { name: `${prefix}${column.name}_mean`, column: column.name, function: 'mean' as const },
      ]),
    ];
    aggregates.push({ table: child.source, from: relation.from.column, to: relation.to.column, outputs });
    for (const output of outputs) {
      const subject = output.column === null ? 'Number' : output.function === 'sum' ? 'Sum' : 'Mean';
      const of = output.column === null ? humanised(name) : `${humanised(output.column)} over the ${humanised(name)}`;
      features.push({
        name: output.name,
        kind: 'number',
        description: `${subject} of ${of} rows that belong to the row.`,
        historyOnly: false,
        format: null,
      });
    }
  }
  return { aggregates, features };
}
