// Rows that lie on a map, asked about places that were not seen.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { code } from '../description/markdown.ts';
import type { Formulation } from '../formulation.ts';
import { isSupervisedTable } from '../tabular/supervised.ts';
import { tableNotes } from '../tabular/table-notes.ts';

export const geospatial: Blueprint = {
  name: 'geospatial',
  applies: (formulation) => isSupervisedTable(formulation) && formulation.split.together.key === 'grid',
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: [],
      about: [...placeNotes(formulation), ...tableNotes(formulation, dataset)],
    }),
};

function placeNotes({ features }: Formulation): string[] {
  const latitude = features.kept.find((feature) => feature.kind === 'latitude')?.name;
  const longitude = features.kept.find((feature) => feature.kind === 'longitude')?.name;
  if (latitude === undefined || longitude === undefined) return [];
  return [
    `Every row is a place on the map: ${code(latitude)} and ${code(longitude)} are in degrees. Validate on places apart from those you train on, or the score will look too good.`,
  ];
}
