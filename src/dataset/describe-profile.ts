// The profile as text for a terminal.
import { mediaLines } from './describe-media.ts';
import type { TableJudgement } from './judgement.ts';
import { plainLine } from './plain-line.ts';
import type { ColumnProfile, DatasetProfile, Relation, TableProfile } from './profile.ts';

const shownExamples = 3;
const shownColumns = 60;
const shownTargets = 5;
const shownKeys = 4;
/** An end of the range is piled up when its value is the most frequent, and twice as frequent as the next one. */
const pileFactor = 2;
const fewestForPile = 20;
const exampleWidth = 24;
const columnWidth = 28;
const nameWidth = 80;
const messageWidth = 400;

const name = (text: string): string => plainLine(text, nameWidth);
const names = (list: readonly string[]): string => list.map(name).join(', ');

export interface ProfileTextOptions {
  /** Whether to show example values of the columns. */
  readonly examples: boolean;
}

/** Everything that is known of a dataset, as lines for people. Text of the dataset cannot steer the terminal. */
export function profileText(
  profile: DatasetProfile,
  judgements: readonly TableJudgement[],
  { examples }: ProfileTextOptions = { examples: true },
): string {
  const judged = new Map(judgements.map((judgement) => [judgement.table, judgement]));
  const head = `${name(profile.name)}: ${profile.files} ${profile.files === 1 ? 'file' : 'files'}, ${size(profile.bytes)}`;
  const blocks = [
    [head],
    ...profile.tables.map((table) => tableLines(table, judged.get(table.id), examples)),
    profile.relations.length === 0 ? [] : ['Relations', ...profile.relations.map(relationLine)],
    ...profile.media.map(mediaLines),
    profile.documents.length === 0 ? [] : [`Documents: ${names(profile.documents.map((document) => document.path))}`],
    profile.problems.length === 0 ? [] : ['Problems', ...profile.problems.map(problemLine)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}

function tableLines(table: TableProfile, judgement: TableJudgement | undefined, examples: boolean): string[] {
  const repeats = table.duplicateRows > 0 ? `, ${table.duplicateRows} repeated rows` : '';
  const ragged = table.raggedCount > 0 ? `, ${table.raggedCount} ragged lines` : '';
  const part = table.part === null ? '' : `, the ${table.part} part`;
  const lines = [`${name(table.id)}: ${table.rows} rows, ${table.columns.length} columns${part}${repeats}${ragged}`];
  for (const column of table.columns.slice(0, shownColumns)) lines.push(columnLine(column, judgement, examples));
  if (table.columns.length > shownColumns) lines.push(`  and ${table.columns.length - shownColumns} more columns`);
  const keys = table.keys.slice(0, shownKeys).map((key) => key.map(name).join(' + '));
  if (keys.length > 0) lines.push(`  key: ${keys.join(', ')}`);
  for (const alias of table.aliases) lines.push(`  say the same: ${names(alias)}`);
  return judgement === undefined ? lines : [...lines, ...judgementLines(judgement)];
}

function judgementLines(judgement: TableJudgement): string[] {
  const lines: string[] = [];
  const targets = judgement.targets
    .slice(0, shownTargets)
    .map((target) => `${name(target.column)} (${target.objective})`);
  if (targets.length > 0) lines.push(`  could be predicted: ${targets.join(', ')}`);
  if (judgement.groups.length > 0) lines.push(`  entities: ${names(judgement.groups)}`);
  if (judgement.timeColumn !== null) lines.push(`  in time by: ${name(judgement.timeColumn)}`);
  const late = judgement.columns.filter((column) => column.postOutcome !== null).map((column) => column.column);
  if (late.length > 0) lines.push(`  perhaps known only afterwards: ${names(late)}`);
  const personal = judgement.columns.filter((column) => column.personal !== null).map((column) => column.column);
  if (personal.length > 0) lines.push(`  perhaps personal data: ${names(personal)}`);
  return lines;
}

function columnLine(column: ColumnProfile, judgement: TableJudgement | undefined, withExamples: boolean): string {
  const role = judgement?.columns[column.index]?.role ?? column.kind;
  const codes = column.missingCodes.map((code) => plainLine(code.value, exampleWidth)).join(', ');
  const missing = column.missing > 0 ? `, ${column.missing} missing${codes === '' ? '' : ` (as ${codes})`}` : '';
  const examples = column.top.slice(0, shownExamples).map((entry) => plainLine(entry.value, exampleWidth));
  const shown = !withExamples || examples.length === 0 ? '' : `  e.g. ${examples.join(' | ')}`;
  const values = `${column.distinct} ${column.distinct === 1 ? 'value' : 'values'}`;
  const title = plainLine(column.name, columnWidth).padEnd(columnWidth);
  return `  ${title} ${role.padEnd(11)} ${values}${missing}${pile(column)}${shown}`;
}

/** A cap or a floor that many rows share: models should not be asked to tell them apart. */
function pile(column: ColumnProfile): string {
  const { numeric, distinct, top } = column;
  const most = top[0]?.count ?? 0;
  if (numeric === null || distinct < fewestForPile || most < pileFactor * (top[1]?.count ?? 1)) return '';
  if (most === numeric.atMaximum) return `, ${most} at the maximum of ${numeric.maximum}`;
  return most === numeric.atMinimum ? `, ${most} at the minimum of ${numeric.minimum}` : '';
}

function relationLine({ from, to, kind, declared }: Relation): string {
  const ends = `${name(from.table)}.${name(from.column)} -> ${name(to.table)}.${name(to.column)}`;
  return `  ${ends} (${kind}${declared ? ', declared' : ''})`;
}

function problemLine({ code, path, message, remedy }: DatasetProfile['problems'][number]): string {
  return `  ${code} ${name(path)}: ${plainLine(message, messageWidth)} ${plainLine(remedy, messageWidth)}`;
}
