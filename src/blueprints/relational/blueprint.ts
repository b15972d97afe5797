// Rows of one table with what related tables say about them.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { code, listed } from '../description/markdown.ts';
import type { Formulation } from '../formulation.ts';
import { isSupervisedTable } from '../tabular/supervised.ts';
import { tableNotes } from '../tabular/table-notes.ts';

export const relational: Blueprint = {
  name: 'relational',
  applies: (formulation) => isSupervisedTable(formulation) && hasRelations(formulation),
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: [],
      about: [...originNotes(formulation), ...tableNotes(formulation, dataset)],
    }),
};

function hasRelations({ source }: Formulation): boolean {
  return source.kind === 'table' && source.lookups.length + source.aggregates.length > 0;
}

/** Which columns were gathered from related records. */
function originNotes({ source, features }: Formulation): string[] {
  if (source.kind !== 'table') return [];
  const shown = new Set(features.kept.map((feature) => feature.name));
  const found = source.lookups.flatMap(({ columns, prefix }) => columns.map((column) => prefix + column));
  const summed = source.aggregates.flatMap(({ outputs }) => outputs.map((output) => output.name));
  const present = (names: readonly string[]) => names.filter((name) => shown.has(name)).map(code);
  const [parents, children] = [present(found), present(summed)];
  return [
    ...(parents.length > 0
      ? [`${listed(parents)} ${parents.length === 1 ? 'comes' : 'come'} from the record that the row refers to.`]
      : []),
    ...(children.length > 0
      ? [`${listed(children)} ${children.length === 1 ? 'sums' : 'sum'} up the records that refer to the row.`]
      : []),
  ];
}
