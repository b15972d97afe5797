// What a competitor should know about the columns of a table before reading it.
import type { ColumnProfile, DatasetProfile } from '../../dataset/profile.ts';
import { code, listed } from '../description/markdown.ts';
import type { Formulation } from '../formulation.ts';

/** Paragraphs on codes that must stay text. */
export function tableNotes({ source, features }: Formulation, dataset: DatasetProfile): string[] {
  if (source.kind !== 'table') return [];
  const table = dataset.tables.find((item) => JSON.stringify(item.source) === JSON.stringify(source.table));
  const shown = new Set(features.kept.map((feature) => feature.name));
  const named = (is: (column: ColumnProfile) => boolean) =>
    (table?.columns ?? []).filter((column) => shown.has(column.name) && is(column)).map((column) => code(column.name));
  const zeros = named((column) => column.leadingZeros);
  const large = named((column) => column.bigIntegers);
  return [
    ...(zeros.length > 0 ? [`Read ${listed(zeros)} as text: leading zeros are part of the values.`] : []),
    ...(large.length > 0 ? [`Read ${listed(large)} as text: the numbers are too large for floating point.`] : []),
  ];
}
