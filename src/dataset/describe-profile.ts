// The profile as text for a terminal. Dataset text is hostile: control characters are shown, never sent.
import type { TableJudgement } from './judgement.ts';
import type { ColumnProfile, DatasetProfile, MediaProfile, TableProfile } from './profile.ts';

const shownExamples = 3;
const exampleWidth = 24;
const nameWidth = 28;

/** A text without control characters, cut to a width. */
function plain(text: string, width: number): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u00b7');
  return safe.length > width ? `${safe.slice(0, width - 1)}…` : safe;
}

/** Everything that is known of a dataset, as lines for people. */
export function profileText(profile: DatasetProfile, judgements: readonly TableJudgement[]): string {
  const lines = [`${plain(profile.name, 80)}: ${profile.files} files, ${size(profile.bytes)}`];
  for (const table of profile.tables)
    lines.push(
      '',
      ...tableLines(
        table,
        judgements.find((one) => one.table === table.id),
      ),
    );
  for (const relation of profile.relations)
    lines.push(
      '',
      `${plain(relation.from.table, 60)}.${relation.from.column} -> ${plain(relation.to.table, 60)}.${relation.to.column} (${relation.kind}${relation.declared ? ', declared' : ''})`,
    );
  for (const media of profile.media) lines.push('', ...mediaLines(media));
  if (profile.problems.length > 0) lines.push('', 'Problems');
  for (const problem of profile.problems)
    lines.push(`  ${problem.code} ${plain(problem.path, 80)}: ${plain(problem.message, 300)} ${problem.remedy}`);
  return `${lines.join('\n')}\n`;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}

function tableLines(table: TableProfile, judgement: TableJudgement | undefined): string[] {
  const repeats = table.duplicateRows > 0 ? `, ${table.duplicateRows} repeated rows` : '';
  const lines = [`${plain(table.id, 80)}: ${table.rows} rows, ${table.columns.length} columns${repeats}`];
  for (const column of table.columns)
    lines.push(columnLine(column, judgement?.columns[column.index]?.role ?? column.kind));
  const targets =
    judgement?.targets.slice(0, 5).map((target) => `${plain(target.column, 40)} (${target.objective})`) ?? [];
  if (targets.length > 0) lines.push(`  could be predicted: ${targets.join(', ')}`);
  if (judgement !== undefined && judgement.groups.length > 0)
    lines.push(`  entities: ${judgement.groups.map((name) => plain(name, 40)).join(', ')}`);
  return lines;
}

function columnLine(column: ColumnProfile, role: string): string {
  const examples = column.top.slice(0, shownExamples).map((entry) => plain(entry.value, exampleWidth));
  const missing = column.missing > 0 ? `, ${column.missing} missing` : '';
  return `  ${plain(column.name, nameWidth).padEnd(nameWidth)} ${role.padEnd(11)} ${column.distinct} values${missing}  e.g. ${examples.join(' | ')}`;
}

function mediaLines(media: MediaProfile): string[] {
  const broken = media.brokenCount > 0 ? `, ${media.brokenCount} broken` : '';
  const lines = [
    `${media.id === '' ? 'files' : plain(media.id, 80)}: ${media.count} ${media.kind} files${broken}, ${media.duplicates} repeated`,
  ];
  for (const label of media.labels) {
    const where =
      label.from === 'folder'
        ? `folder level ${label.level}`
        : label.from === 'name'
          ? `file name ${label.pattern}`
          : `column ${plain(label.column, 40)}`;
    const classes = label.classes.slice(0, 8).map((entry) => `${plain(entry.label, 20)} ${entry.count}`);
    lines.push(
      `  labels by ${where}: ${label.classes.length} classes: ${classes.join(', ')}${label.classes.length > 8 ? ', …' : ''}`,
    );
  }
  return lines;
}
