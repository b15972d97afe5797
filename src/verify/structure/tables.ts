// STR015 and STR019: the CSV files as text, and the manifest against their headers.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { structureCatalogue as checks } from './catalogue.ts';
import { probeTables, type TableText } from './probe.ts';

/** The checks in this file, in order. */
export const tableChecks: readonly Check[] = [checks.tables, checks.columns];

/** Judges every CSV file of the data folders. */
export async function checkTables(context: CheckContext): Promise<CheckOutcome[]> {
  const names = (await context.files.list()).filter((file) => file.startsWith('data/') && file.endsWith('.csv'));
  const tables = await probeTables(context, names);
  const texts = await Promise.all(Object.entries(tables).map(([file, table]) => tableProblems(context, file, table)));
  const agreement =
    context.manifest === null
      ? skipped(checks.columns, 'task.json does not follow the schema')
      : concluded(checks.columns, await headers(context, context.manifest, tables));
  return [concluded(checks.tables, texts.flat()), agreement];
}

async function tableProblems(context: CheckContext, file: string, table: TableText): Promise<Finding[]> {
  const found: Finding[] = [];
  const report = async (message: string, evidence: Finding['evidence'] = {}, line = 1) =>
    found.push(
      findingOf(checks.tables, {
        message: `${file} ${message}.`,
        file,
        range: await context.files.line(file, line),
        evidence,
      }),
    );
  if (table.bytes === 0) return found; // reported as an empty file
  if (table.undecodable !== null) {
    const { line, byte } = table.undecodable;
    await report(`is not UTF-8: byte 0x${byte.toString(16)} in line ${line}`, { line, byte }, line);
  }
  if (table.nulLine !== null) await report(`holds a NUL byte in line ${table.nulLine}`, {}, table.nulLine);
  if (table.byteOrderMark) await report('starts with a byte-order mark, which becomes part of the first column name');
  if (table.carriageReturns) await report('ends its lines with CR LF; the package uses LF');
  if (table.problem !== null) await report(`cannot be read as CSV: ${table.problem}`);
  if (table.unnamedColumns > 0) await report(`has ${table.unnamedColumns} columns without a name`);
  const { duplicateColumns, ragged, raggedCount, header } = table;
  if (duplicateColumns.length > 0) {
    await report(`names columns twice: ${duplicateColumns.join(', ')}`, { columns: duplicateColumns });
  }
  const first = ragged[0];
  if (first !== undefined) {
    const evidence = { rows: raggedCount, lines: ragged.map(({ line }) => line), columns: header.length };
    const message = `has ${raggedCount} rows of another width than its ${header.length} columns, the first in line ${first.line} with ${first.fields} fields`;
    await report(message, evidence, first.line);
  }
  return found;
}

/** The header that the manifest promises for each file, as far as their order is fixed. */
async function headers(
  context: CheckContext,
  { features, target, submission, objective }: TaskSpec,
  tables: Readonly<Record<string, TableText>>,
): Promise<Finding[]> {
  const id = submission.id_column;
  const found: Finding[] = [];
  const compare = async (file: string, expected: readonly string[], entry: string[], exact: boolean) => {
    const header = tables[file]?.header;
    if (header === undefined) return;
    const missing = expected.filter((name) => !header.includes(name));
    const extra = exact ? header.filter((name) => !expected.includes(name)) : [];
    const idFirst = header[0] === id;
    if (missing.length === 0 && extra.length === 0 && idFirst) return;
    const problems = [
      missing.length > 0 ? `lacks ${quoted(missing)}` : '',
      extra.length > 0 ? `has ${quoted(extra)}, which the manifest does not name` : '',
      missing.includes(id) || idFirst ? '' : `does not start with "${id}"`,
    ].filter((problem) => problem !== '');
    const related = [
      { file: layout.manifest, range: await context.files.manifestEntry(...entry), message: 'What the manifest says.' },
    ];
    const range = await context.files.line(file, 1);
    const message = `${file} ${problems.join(' and ')}.`;
    found.push(findingOf(checks.columns, { message, file, range, evidence: { missing, extra, header }, related }));
  };
  const targets = target.columns;
  await compare(layout.test, [id, ...features.kept], ['features', 'kept'], true);
  // Forecasters see more in train: columns that are measured together with the target.
  await compare(layout.train, [id, ...features.kept, ...targets], ['features', 'kept'], objective !== 'forecasting');
  await compare(layout.answers, [id, ...targets], ['target', 'columns'], false);
  const predictions = submission.columns.map(({ name }) => name);
  await compare(layout.sampleSubmission, [id, ...predictions], ['submission', 'columns'], true);
  for (const [index, column] of submission.columns.entries()) {
    if (targets.includes(column.of.column)) continue;
    const range = await context.files.manifestEntry('submission', 'columns', index, 'of', 'column');
    const message = `The submission column "${column.name}" is about "${column.of.column}", which is no target.`;
    found.push(
      findingOf(checks.columns, { message, file: layout.manifest, range, evidence: { of: column.of.column } }),
    );
  }
  return found;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
