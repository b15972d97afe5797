// The judgement of one table: roles, targets, entities, time and coordinates.
import { judgeColumn } from './column-role.ts';
import type { ColumnJudgement, TableJudgement } from './judgement.ts';
import { hintsAt } from './name-tokens.ts';
import type { DatasetProfile, TableProfile } from './profile.ts';
import { targetCandidates } from './target-appeal.ts';

/** An entity has at least this many rows on average. */
const rowsPerEntity = 1.3;

/** Judges a table from its profile; pure. */
export function judgeTable(table: TableProfile): TableJudgement {
  const columns = table.columns.map((column) => judgeColumn(column, table));
  const latitude = columns.find((column) => column.role === 'latitude')?.column;
  const longitude = columns.find((column) => column.role === 'longitude')?.column;
  return {
    table: table.id,
    columns,
    targets: targetCandidates(table, columns),
    groups: groupColumns(table, columns),
    timeColumn: timeColumn(table, columns),
    coordinates: latitude === undefined || longitude === undefined ? null : { latitude, longitude },
  };
}

/** Judges every table of a dataset. */
export function judgeTables(profile: DatasetProfile): TableJudgement[] {
  return profile.tables.map(judgeTable);
}

/** Columns that name a recurring entity: judged groups and files that several rows speak of, then codes that their name declares to be of a person or thing. */
function groupColumns(table: TableProfile, columns: readonly ColumnJudgement[]): string[] {
  const scored: { name: string; score: number }[] = [];
  for (const column of table.columns) {
    const role = columns[column.index]?.role;
    const present = table.rows - column.missing;
    if (column.distinct === 0 || present / column.distinct < rowsPerEntity) continue;
    const named = (hintsAt(column.name, 'group') ? 2 : 0) + (hintsAt(column.name, 'identifier') ? 1 : 0);
    const isFile = role === 'media-path';
    if (isFile || role === 'group' || ((role === 'category' || role === 'identifier') && named >= 2))
      scored.push({ name: column.name, score: named + (role === 'group' || isFile ? 1 : 0) });
  }
  return scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)).map((entry) => entry.name);
}

/** The time column with the most different moments; columns about later events come last. */
function timeColumn(table: TableProfile, columns: readonly ColumnJudgement[]): string | null {
  const times = table.columns.filter(
    (column) =>
      columns[column.index]?.role === 'time' &&
      columns[column.index]?.personal === null && // a date of birth orders people, not rows
      column.time !== null &&
      column.time.distinct > 2,
  );
  const late = (name: string) => (hintsAt(name, 'postOutcome') ? 1 : 0);
  const best = times.sort(
    (a, b) => late(a.name) - late(b.name) || (b.time?.distinct ?? 0) - (a.time?.distinct ?? 0),
  )[0];
  return best?.name ?? null;
}
