// describe_table: one line per column, keys, relations, and what the built-in rules make of them.
import { z } from 'zod';
import type { TableJudgement } from '../../dataset/judgement.ts';
import type { ColumnProfile, DatasetProfile, TableProfile } from '../../dataset/profile.ts';
import { quoted } from '../loop/quoted.ts';
import { callTool, said, type Tool } from '../loop/tool.ts';
import { type DatasetDesk, tableNamed } from './dataset-desk.ts';
import { shownName } from './names.ts';

const shownColumns = 120;
const shownKeys = 6;
const shownTargets = 12;
const describedLength = 12_000;

export function describeTable(on: DatasetDesk): Tool {
  return callTool({
    name: 'describe_table',
    description:
      'The columns of a table: type, role, missing and distinct values; its keys, relations, time, entities, and what could be predicted. ' +
      'Use it before you read rows. No row is shown. Cheap.',
    remembered: false,
    args: z.strictObject({ table: z.string() }),
    run: async ({ table: given }) => {
      const table = tableNamed(on.profile, given);
      if ('parts' in table) return table;
      const judgement = on.judgements.find((one) => one.table === table.id);
      const lines = [...tableLines(table), ...relationLines(on.profile, table), ...judgementLines(judgement)];
      const name = shownName(table.id);
      return said(quoted(`table ${name}`, lines.join('\n'), describedLength), `described ${name}`);

      function tableLines({ rows, columns, keys, aliases, duplicateRows, raggedCount }: TableProfile): string[] {
        const shown = columns.slice(0, shownColumns);
        return [
          `${rows} rows, ${columns.length} columns, ${duplicateRows} repeated rows, ${raggedCount} ragged lines`,
          ...shown.map((column) => columnLine(column, judgement)),
          ...(columns.length > shown.length
            ? [
                `and ${columns.length - shown.length} more columns: ${columns
                  .slice(shownColumns)
                  .map(({ name }) => shownName(name))
                  .join(', ')}`,
              ]
            : []),
          ...keys.slice(0, shownKeys).map((key) => `key: ${key.map(shownName).join(' + ')}`),
          ...aliases.map((names) => `say the same: ${names.map(shownName).join(', ')}`),
        ];
      }
    },
  });
}

function columnLine(column: ColumnProfile, judgement: TableJudgement | undefined): string {
  const judged = judgement?.columns[column.index];
  const remarks = [
    ...(column.missing > 0 ? [`${column.missing} missing`] : []),
    ...(judged?.postOutcome ? ['perhaps known only afterwards'] : []),
    ...(judged?.personal ? ['perhaps personal data'] : []),
    ...(column.mediaPaths === null ? [] : [`names ${column.mediaPaths.matched} media files`]),
  ];
  const role = judged === undefined || judged.role === column.kind ? '' : `, ${judged.role}`;
  return `column ${shownName(column.name)}: ${[`${column.kind}${role}`, `${column.distinct} distinct`, ...remarks].join(', ')}`;
}

/** Relations that begin or end at the table, optionally at one column of it. */
export function relationLines({ relations }: DatasetProfile, table: TableProfile, column?: string): string[] {
  return relations
    .filter((relation) =>
      [relation.from, relation.to].some((end) => end.table === table.id && (column ?? end.column) === end.column),
    )
    .map(
      ({ from, to, kind, declared }) =>
        `relation ${shownName(from.table)}.${shownName(from.column)} -> ${shownName(to.table)}.${shownName(to.column)} (${kind}${declared ? ', declared' : ''})`,
    );
}

function judgementLines(judgement: TableJudgement | undefined): string[] {
  if (judgement === undefined) return [];
  const { targets, groups, timeColumn, coordinates } = judgement;
  return [
    ...targets
      .slice(0, shownTargets)
      .map(
        ({ column, objective, appeal, reason }) =>
          `could be predicted: ${shownName(column)} (${objective}, appeal ${appeal}: ${reason})`,
      ),
    ...(groups.length > 0 ? [`entities: ${groups.map(shownName).join(', ')}`] : []),
    ...(timeColumn === null ? [] : [`in time by: ${shownName(timeColumn)}`]),
    ...(coordinates === null
      ? []
      : [`on the map by: ${shownName(coordinates.latitude)}, ${shownName(coordinates.longitude)}`]),
  ];
}
