// The table of data fields: every public column with its type and meaning.
import type { Feature, Formulation } from '../formulation.ts';
import { cellCode, escaped } from './markdown.ts';

const kindWords: Readonly<Record<Feature['kind'], string>> = {
  number: 'number',
  category: 'category',
  boolean: 'yes/no',
  text: 'text',
  datetime: 'date or time',
  latitude: 'degrees north',
  longitude: 'degrees east',
  image: 'path of an image',
  audio: 'path of a sound file',
};

/** Markdown rows for the id, the features and the target. */
export function fieldTable(formulation: Formulation): string {
  const { features, target } = formulation;
  const rows = [
    '| column | in | type | meaning |',
    '|---|---|---|---|',
    '| `id` | train, test | integer | Number of the row; random, without meaning. |',
    ...features.kept.map(
      (feature) =>
        `| ${cellCode(feature.name)} | ${feature.historyOnly ? 'train' : 'train, test'} | ${kindWords[feature.kind]} | ${escaped(feature.description)} |`,
    ),
    ...target.columns.map(
      (column) =>
        `| ${cellCode(column.name)} | train | ${target.classes === null ? 'number' : 'class'}, **target** | ${escaped(column.description)} |`,
    ),
  ];
  return rows.join('\n');
}
