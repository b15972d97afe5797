// Rows that happen one after the other: what is learnt from earlier ones is asked about later ones.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { isSupervisedTable } from '../tabular/supervised.ts';
import { tableNotes } from '../tabular/table-notes.ts';

export const timeOrdered: Blueprint = {
  name: 'time-ordered',
  applies: (formulation) =>
    isSupervisedTable(formulation) && formulation.split.kind === 'time' && formulation.split.time !== null,
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: [],
      about: [
        'Rows stand in random order; conditions may change between the training part and the test part.',
        ...tableNotes(formulation, dataset),
      ],
    }),
};
