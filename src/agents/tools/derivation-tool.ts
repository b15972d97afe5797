// ```derivation NAME: proves that a table can be computed from the raw dataset, the same every time.
import { z } from 'zod';
import { sha256 } from '../../task/hashing.ts';
import { quoted } from '../loop/quoted.ts';
import { blockTool, refused, said, type Tool, type ToolResult } from '../loop/tool.ts';
import { type DatasetDesk, fileName } from './dataset-desk.ts';
import { shownName, shownNumber } from './names.ts';
import { type Failure, ownCodeSeconds, runOwnCode } from './own-code.ts';
import { derivedColumnSchema, type Proof, proofSchema } from './proofs.ts';
import type { SharedRows } from './shared-rows.ts';

const namePattern = /^[a-z][a-z0-9_-]{0,59}$/i;
const listedValues = 20;
const valueLength = 80;
const shownColumns = 60;
/** Seeds of two interpreters, as far apart as their runs must not be. */
const seeds = [1, 2_654_435_769] as const;

const measuredSchema = z.strictObject({
  /** Why there is no table; null when there is one. Holds nothing of the data. */
  problem: z.string().nullable(),
  rows: z.int().min(0),
  columns: z.array(derivedColumnSchema),
});
type Measured = z.infer<typeof measuredSchema>;

const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proof'), proof: proofSchema, differs: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('failed'),
    failure: z.strictObject({ type: z.string().nullable(), message: z.string(), line: z.int().nullable() }),
  }),
]);
type Outcome = z.infer<typeof outcomeSchema>;

export function derivationTool(on: DatasetDesk): Tool {
  return blockTool({
    name: 'derivation',
    description:
      'A fenced block that starts with ```derivation NAME defines derive(raw: pathlib.Path) -> pandas.DataFrame. It is run twice, in new interpreters with different seeds, with nothing but the raw dataset; ' +
      'you get whether both tables are equal, the number of rows and, per column, type, missing, distinct, frequent values or quantiles. ' +
      `Use it to prove that a label or feature that you propose can be computed from the raw files; the proof is kept under NAME. Costs up to twice ${ownCodeSeconds} seconds.`,
    // The proof is kept in memory, so it is repeated on resume; its outcome is read from the run.
    remembered: false,
    run: async (argument, code, signal) => {
      if (!namePattern.test(argument)) {
        return refused('Give the derivation a name of letters, digits, "-" and "_": ```derivation NAME.');
      }
      const { value } = await on.desk.memo({
        name: 'derivation',
        inputs: { dataset: on.profile.sha256, name: argument, code, sharedRows: on.sharedRows === 'none' },
        result: outcomeSchema,
        work: () => derive(on, argument, code, signal),
      });
      if (value.kind === 'failed') {
        on.proofs.drop(argument);
        return failed(argument, value.failure, on.sharedRows);
      }
      on.proofs.add(value.proof);
      return proven(value, on);
    },
  });
}

async function derive(on: DatasetDesk, name: string, code: string, signal: AbortSignal): Promise<Outcome> {
  const rawName = await fileName(on.dataset);
  const runs: Measured[] = [];
  for (const seed of seeds) {
    const args = { entropy: seed, rawName, top: listedValues, characters: valueLength };
    const job = { name: 'execute.derivation', args, result: measuredSchema, mode: 'cold', hashSeed: seed } as const;
    const ran = await runOwnCode(on.runtime, { ...job, dataset: on.dataset, code }, signal);
    if (ran.kind === 'failed') return { kind: 'failed', failure: ran.failure };
    if (ran.value.problem !== null) {
      return { kind: 'failed', failure: { type: null, message: `${ran.value.problem}.`, line: null } };
    }
    runs.push(ran.value);
  }
  const [first, second] = runs as [Measured, Measured];
  const hash = hashOf(first);
  const proof: Proof = {
    name,
    code,
    deterministic: hash === hashOf(second),
    rows: first.rows,
    columns: on.sharedRows === 'none' ? first.columns.map((column) => withoutValues(column)) : first.columns,
    sha256: hash,
  };
  const differs = first.columns.flatMap((column, at) =>
    column.sha256 === second.columns[at]?.sha256 ? [] : [column.name],
  );
  return { kind: 'proof', proof, differs };
}

function hashOf({ rows, columns }: Measured): string {
  return sha256([rows, ...columns.map((column) => column.sha256)].join('\n'));
}

function withoutValues(column: Measured['columns'][number]): Measured['columns'][number] {
  return { ...column, top: column.top.map(({ count }) => ({ value: null, count })) };
}

function proven({ proof, differs }: Extract<Outcome, { kind: 'proof' }>, on: DatasetDesk): ToolResult {
  const { name, deterministic, rows, columns } = proof;
  if (!deterministic) {
    const where = differs.length === 0 ? 'the tables have different shapes' : 'these columns differ';
    const shown = differs.slice(0, shownColumns).map((column) => columnName(column, proof, on));
    return refused(
      `Two runs of ${name} gave different tables: ${where}. Sort what comes from sets or folders, and use no clock and no unseeded random numbers.` +
        (shown.length === 0 ? '' : `\n${quoted('columns', shown.join('\n'))}`),
    );
  }
  const lines = columns.slice(0, shownColumns).map((column) => columnLine(column, proof, on));
  if (columns.length > shownColumns) lines.push(`and ${columns.length - shownColumns} more columns`);
  return said(
    `Proven: both runs of ${name} gave the same ${rows} rows and ${columns.length} columns.\n${quoted(`columns of ${name}`, lines.join('\n'))}`,
    `proved ${name}: ${rows} rows, ${columns.length} columns`,
  );
}

function columnLine(column: Proof['columns'][number], proof: Proof, on: DatasetDesk): string {
  const facts = [column.kind, `${column.missing} missing`, `${column.distinct} distinct`];
  if (column.quantiles !== null)
    facts.push(`quantiles 0, 1, 5, 25, 50, 75, 95, 99, 100 %: ${column.quantiles.map(shownNumber).join(', ')}`);
  // What occurs once is a cell of a row, no statistic.
  const frequent = column.top.filter(({ count }) => count > 1);
  const values = frequent.map(({ value, count }) =>
    value === null ? `${count}` : `${JSON.stringify(shownName(value))} ${count}`,
  );
  if (values.length > 0 && (column.quantiles === null || column.distinct <= listedValues))
    facts.push(`${on.sharedRows === 'none' ? 'counts of the most frequent' : 'most frequent'}: ${values.join(', ')}`);
  return `column ${columnName(column.name, proof, on)}: ${facts.join('; ')}`;
}

/** A derived table may have values for names (a pivot); where no values are shared, only names that are known are told. */
function columnName(name: string, { code, columns }: Proof, on: DatasetDesk): string {
  const known =
    code.includes(name) || on.profile.tables.some((table) => table.columns.some((one) => one.name === name));
  if (on.sharedRows !== 'none' || known) return shownName(name);
  return `number ${columns.findIndex((column) => column.name === name) + 1} (its name is not shared)`;
}

function failed(name: string, { type, message, line }: Failure, sharedRows: SharedRows): ToolResult {
  const place = line === null ? '' : ` in line ${line}`;
  // A message, and even the name of an exception, may be made of values.
  const reason =
    sharedRows !== 'none'
      ? `\n${quoted('the error', type === null ? message : `${type}: ${message}`)}`
      : type === null
        ? ` ${message}`
        : ` ${/^[A-Z][A-Za-z]{0,30}Error$/.test(type) ? type : 'An exception'}; its message is not shared.`;
  return refused(`${name} failed${place}, nothing is proven.${reason}`);
}
