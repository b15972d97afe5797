// The columns of one table as ideas see them.
import type { TableJudgement } from '../../dataset/judgement.ts';
import type { ColumnProfile, DatasetProfile, TableProfile } from '../../dataset/profile.ts';
import type { IdeaColumn, TableTaskSource } from './idea.ts';

/** Probes cost a few milliseconds per column and candidate; beyond this a table is a matrix, and a brainstorm would take minutes. */
const MOST_COLUMNS = 300;
/** Of a wide table so many of the best targets stay, wherever they stand. */
const KEPT_TARGETS = 12;

/** Columns of a table in file order, each with its judgement; of a wide table the first ones and all with a special role. */
export function tableColumns(table: TableProfile, judgement: TableJudgement): readonly IdeaColumn[] {
  const judged = new Map(judgement.columns.map((column) => [column.column, column]));
  const { groups, timeColumn, coordinates } = judgement;
  const special = new Set<string | null>([
    ...judgement.targets.slice(0, KEPT_TARGETS).map((target) => target.column),
    ...groups.slice(0, KEPT_TARGETS),
    timeColumn,
    coordinates?.latitude ?? null,
    coordinates?.longitude ?? null,
  ]);
  const kept = table.columns.filter((column, index) => index < MOST_COLUMNS || special.has(column.name));
  return kept.map((profile) => ({
    name: profile.name,
    profile,
    judgement: judged.get(profile.name) ?? null,
    rows: table.rows,
    parent: null,
  }));
}

/** A source that reads one table, with its missing codes and, where file names state them, its official parts. */
export function plainSource(table: TableProfile, profile: DatasetProfile, target: string): TableTaskSource {
  const parts = officialParts(table, profile, target);
  return {
    kind: 'table',
    table: table.source,
    lookups: [],
    aggregates: [],
    missingCodes: missingCodes(table),
    parts: parts.map((part) => ({ part: part.part ?? 'train', table: part.source })),
  };
}

/** Spellings of a missing value by column, for the columns that have any. */
export function missingCodes(table: TableProfile): Record<string, string[]> {
  const codes: Record<string, string[]> = {};
  for (const column of table.columns) {
    if (column.missingCodes.length > 0) codes[column.name] = column.missingCodes.map((code) => code.value);
  }
  return codes;
}

/** So many values of a profile are all there are. */
const LISTED = 50;

/** Whether a part answers in the words of train: other spellings would be other classes, one value only fills the place. */
function isAnswer(column: ColumnProfile, train: ColumnProfile | undefined): boolean {
  if (column === train) return true;
  if (train === undefined) return false;
  if (column.distinct === 1 && train.distinct > 1) return false;
  if (train.numeric !== null || train.distinct > LISTED) return true;
  const known = new Set(train.top.map((entry) => entry.value));
  const rows = (entries: ColumnProfile['top']) => entries.reduce((sum, entry) => sum + entry.count, 0);
  return rows(column.top.filter((entry) => known.has(entry.value))) * 2 > rows(column.top);
}

/** The train, validation and test tables of an official split that `table` begins; empty unless all hold the target. */
export function officialParts(table: TableProfile, profile: DatasetProfile, target: string): readonly TableProfile[] {
  if (table.part !== 'train') return [];
  const columns = JSON.stringify(table.columns.map((column) => column.name));
  const same = profile.tables.filter(
    (other) => other.part !== null && JSON.stringify(other.columns.map((column) => column.name)) === columns,
  );
  const wanted = table.columns.find((column) => column.name === target);
  const labelled = same.every((other) =>
    other.columns.some((column) => column.name === target && column.missing < other.rows && isAnswer(column, wanted)),
  );
  const parts = same.map((other) => other.part);
  const complete = parts.includes('train') && parts.includes('test') && new Set(parts).size === parts.length;
  return complete && labelled ? same : [];
}
