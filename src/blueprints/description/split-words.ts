// How the test part relates to the training part, as far as it matters to a competitor.
import { isBareId } from '../../dataset/name-tokens.ts';
import type { Formulation } from '../formulation.ts';
import { escaped, listed } from './markdown.ts';

/** One or two sentences. */
export function splitWords(formulation: Formulation): string {
  const { split } = formulation;
  const share = `about ${Math.round(100 * split.testFraction)} % of the rows`;
  if (split.kind === 'official') return 'Training and test part are those that the publisher of the data made.';
  if (split.kind === 'time') return laterWords(formulation, share);
  if (split.together.key !== 'none') return `The test part holds ${share}. ${togetherWords(split.together)}`;
  return split.kind === 'stratified' && formulation.target.classes !== null
    ? `The test part is a random choice of ${share}, in which every class has the same share as in the training part.`
    : `The test part is a random choice of ${share}.`;
}

function laterWords({ objective, split }: Formulation, share: string): string {
  const series = split.series.length > 0 ? 'all series' : 'the series';
  const later = `everything in it is later than everything in \`train.csv\``;
  return objective === 'forecasting'
    ? `The test part is the end of ${series}, one unbroken stretch of ${share}: ${later}.`
    : `The test part holds the latest rows, ${share}: ${later}, as it will be when a model is used.`;
}

function togetherWords(together: Formulation['split']['together']): string {
  switch (together.key) {
    case 'none':
      return '';
    case 'columns':
      return `Rows of the same ${listed(together.columns.map(words))} are all on one side, so the test part asks about cases that the training part does not show at all.`;
    case 'normalized-text':
      return 'Texts that differ only in capitals, punctuation or spacing are on one side, so no test text can be looked up in the training part.';
    case 'grid':
      return `It covers other squares of the map than the training part (squares of ${together.degrees} degrees), so a model must work in places that it has not seen.`;
    case 'content':
      return 'Copies of one file are on one side.';
    case 'name-run':
      return 'Files that were recorded together, for instance of one person, are on one side, so a model must work for recordings that it has not seen.';
  }
}

/** A column that is not public, in words: `patient_id` is a patient id; a bare `id` would be taken for that of the rows. */
function words(column: string): string {
  if (isBareId(column)) return 'entity';
  const plain = column.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\s.]+/g, ' ');
  return escaped(plain.trim().toLowerCase());
}
