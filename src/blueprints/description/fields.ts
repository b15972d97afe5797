// The table of columns: every public column with its type and meaning.
import type { Feature, Formulation } from '../formulation.ts';
import { cellCode, prose } from './markdown.ts';

const kindWords: Readonly<Record<Feature['kind'], string>> = {
  number: 'number',
  category: 'category',
  boolean: 'yes or no',
  text: 'text',
  datetime: 'date or time',
  latitude: 'degrees north',
  longitude: 'degrees east',
  image: 'path of an image',
  audio: 'path of a sound file',
};

/** A Markdown table of the id, the features and the targets. */
export function fieldTable({ features, target, objective }: Formulation): string {
  const listed = target.classes === null ? '' : ` The ${target.classes.length} classes are listed under Evaluation.`;
  const answer = target.classes === null ? 'number' : objective === 'ordinal-regression' ? 'ordered level' : 'class';
  return [
    '| Column | Type | Given in | Meaning |',
    '|---|---|---|---|',
    '| `id` | integer | train, test | Identifies the row; its value means nothing. |',
    ...features.kept.map(
      ({ name, kind, historyOnly, description }) =>
        `| ${cellCode(name)} | ${kindWords[kind]} | ${historyOnly ? 'train' : 'train, test'} | ${prose(description)} |`,
    ),
    ...target.columns.map(
      ({ name, description }) =>
        `| ${cellCode(name)} | ${answer} | train | **Target.** ${prose(description)}${listed} |`,
    ),
  ].join('\n');
}
