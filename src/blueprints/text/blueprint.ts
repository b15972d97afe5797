// Texts with a class or a number each: a column of a table, or a collection of text files.
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { code, listed } from '../description/markdown.ts';
import type { Formulation } from '../formulation.ts';
import { isSupervised } from '../tabular/supervised.ts';
import { tableNotes } from '../tabular/table-notes.ts';

export const text: Blueprint = {
  name: 'text',
  applies: (formulation) => isSupervised(formulation) && isText(formulation),
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: [],
      about: [textNote(formulation), ...tableNotes(formulation, dataset)],
    }),
};

function isText({ source, modality, features }: Formulation): boolean {
  if (source.kind === 'media') return source.media === 'text';
  return modality === 'text' && features.kept.some((feature) => feature.kind === 'text');
}

function textNote({ features }: Formulation): string {
  const texts = features.kept.filter((feature) => feature.kind === 'text').map((feature) => code(feature.name));
  return `${listed(texts)} ${texts.length === 1 ? 'holds' : 'hold'} text as it was written: capitals, punctuation and spelling are unchanged, and a text may run over several lines.`;
}
