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
