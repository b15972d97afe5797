// Rows of numbers, categories and dates, one table or the parts of an official split.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { isSupervisedTable } from './supervised.ts';
import { tableNotes } from './table-notes.ts';

export const tabular: Blueprint = {
  name: 'tabular',
  applies: isSupervisedTable,
  build: (formulation, dataset) =>
    assemble(formulation, dataset, { files: [], about: tableNotes(formulation, dataset) }),
};
