// profile_column: everything that was measured of one column.
import { z } from 'zod';
import type { ColumnProfile } from '../../dataset/profile.ts';
import { quoted } from '../loop/quoted.ts';
import { callTool, said, type Tool } from '../loop/tool.ts';
import { type DatasetDesk, tableNamed, unknownName } from './dataset-desk.ts';
import { relationLines } from './describe-tool.ts';
import { byName, shownName, shownNumber } from './names.ts';
import type { SharedRows } from './shared-rows.ts';

/** Frequent values are statistics; values that occur once are cells of rows, and count as examples. */
const shownValues = 30;
const shownExamples = 3;

export function profileColumn(on: DatasetDesk): Tool {
  return callTool({
    name: 'profile_column',
    description:
      'What was measured of one column: missing values, the most frequent values or quantiles, times, lengths of text, role and relations. ' +
      'Use it for a column that may become a target or a key. Cheap.',
    remembered: false,
    args: z.strictObject({ table: z.string(), column: z.string() }),
    run: async ({ table: givenTable, column: givenColumn }) => {
      const table = tableNamed(on.profile, givenTable);
      if ('parts' in table) return table;
      const column = byName(table.columns, ({ name }) => name, givenColumn);
      if (column === null)
        return unknownName(
          'column',
          table.columns.map(({ name }) => name),
          givenColumn,
        );
      const judgement = on.judgements.find((one) => one.table === table.id);
      const judged = judgement?.columns[column.index];
      const targets = judgement?.targets.filter((target) => target.column === column.name) ?? [];
      const lines = [
        `${column.kind}, ${table.rows} rows, ${column.missing} missing, ${column.distinct} distinct`,
        ...(judged === undefined ? [] : [`role: ${judged.role} (${judged.reason})`]),
        ...[judged?.postOutcome, judged?.personal].flatMap((words) => (words ? [`caution: ${words}`] : [])),
        ...targets.map(
          ({ objective, appeal, reason }) => `could be predicted: ${objective}, appeal ${appeal}: ${reason}`,
        ),
        ...relationLines(on.profile, table, column.name),
        ...measured(column),
        ...valueLines(column, on.sharedRows),
      ];
      const name = `${shownName(table.id)}, column ${shownName(column.name)}`;
      return said(quoted(`table ${name}`, lines.join('\n')), `profiled ${name}`);
    },
  });
}

function measured({ numeric, time, text, sorted, leadingZeros, bigIntegers, mediaPaths }: ColumnProfile): string[] {
  const marks = [
    ...(sorted === 'no' ? [] : [`sorted ${sorted}`]),
    ...(leadingZeros ? ['some have leading zeros: keep as text'] : []),
    ...(bigIntegers ? ['some exceed 2^53: keep as text'] : []),
  ];
  return [
    ...(numeric === null
      ? []
      : [
          `minimum ${numeric.minimum} (${numeric.atMinimum} rows), maximum ${numeric.maximum} (${numeric.atMaximum} rows), mean ${shownNumber(numeric.mean)}, sd ${shownNumber(numeric.sd)}, skewness ${shownNumber(numeric.skewness)}, ${numeric.zeros} zeros, ${numeric.negatives} negative`,
          `quantiles 1, 5, 25, 50, 75, 95, 99 %: ${numeric.quantiles.map(shownNumber).join(', ')}`,
        ]),
    ...(time === null
      ? []
      : [
          `times ${time.minimum} to ${time.maximum}, ${time.distinct} different, format ${time.format}, median step ${time.medianStepSeconds ?? 'unknown'} s`,
        ]),
    ...(text === null
      ? []
      : [
          `text: ${text.meanCharacters.toFixed(1)} characters on average, ${text.maxCharacters} at most, ${text.meanWords.toFixed(1)} words; ${(100 * text.withSpaces).toFixed(0)} % of the values hold spaces`,
        ]),
    ...(mediaPaths === null
      ? []
      : [`names ${mediaPaths.matched} files of the media ${shownName(mediaPaths.collection)}`]),
    ...(marks.length > 0 ? [marks.join(', ')] : []),
  ];
}

function valueLines({ missingCodes, top, distinct }: ColumnProfile, sharedRows: SharedRows): string[] {
  if (sharedRows === 'none') {
    const counts = top.slice(0, shownValues).map(({ count }) => count);
    return [
      ...(missingCodes.length > 0 ? [`${missingCodes.length} spellings of missing values`] : []),
      ...(counts.length > 0
        ? [`counts of the most frequent values (values are not shared): ${counts.join(', ')}`]
        : []),
    ];
  }
  const frequent = top.filter(({ count }) => count > 1).slice(0, shownValues);
  const single = top.filter(({ count }) => count === 1).slice(0, Math.min(shownExamples, sharedRows));
  const left = distinct - frequent.length - single.length;
  return [
    ...missingCodes.map(({ value, count }) => `missing as ${JSON.stringify(shownName(value))}: ${count}`),
    ...[...frequent, ...single].map(({ value, count }) => `value ${JSON.stringify(shownName(value))}: ${count}`),
    ...(left > 0 ? [`and ${left} more values`] : []),
  ];
}
