// read_rows: some rows of a table as written, within what the user shares.
import { z } from 'zod';
import type { TableProfile } from '../../dataset/profile.ts';
import type { Json } from '../../task/canonical-json.ts';
import { quoted } from '../loop/quoted.ts';
import { callTool, refused, said, type Tool, type ToolResult } from '../loop/tool.ts';
import { type DatasetDesk, failedLook, look, tableNamed, unknownName } from './dataset-desk.ts';
import { byName, shownName } from './names.ts';
import { withheld } from './shared-rows.ts';

const rowsAtOnce = 50;
const columnsAtOnce = 60;
const cellLength = 300;
const rowsLength = 12_000;

const rowsSchema = z.strictObject({
  total: z.int(),
  rows: z.array(z.strictObject({ number: z.int(), cells: z.array(z.string()) })),
});
type Rows = z.infer<typeof rowsSchema>['rows'];

interface Wish {
  readonly table: string;
  readonly rows: number;
  readonly start: number | null;
  readonly columns: readonly string[] | null;
}

export function readRows(on: DatasetDesk): Tool {
  const spread = new Map<string, number>();
  return callTool<Wish>({
    name: 'read_rows',
    description:
      `Rows of a table as written, up to ${rowsAtOnce} at once. start: number of the first row, from 0; null takes rows from all over the table, and goes on with others next time. ` +
      'columns: names, or null for all. Only so many rows of each table may be seen in all, so use describe_table and profile_column first, and python for what concerns all rows.',
    remembered: false,
    args: z.strictObject({
      table: z.string(),
      rows: z.int().min(1),
      start: z.int().min(0).nullable(),
      columns: z.array(z.string()).nullable(),
    }),
    run: async (wish, signal) => {
      if (on.sharedRows === 'none') return withheld('A row');
      const table = tableNamed(on.profile, wish.table);
      if ('parts' in table) return table;
      const columns = chosenColumns(table, wish.columns);
      if ('parts' in columns) return columns;
      const skip = spread.get(table.id) ?? 0;
      // Rows that were seen already may be seen again, so that what is asked for may be more than what is left.
      const count = Math.min(wish.rows, rowsAtOnce, wish.start === null ? on.allowance.left(table.id) : rowsAtOnce);
      if (count === 0) return usedUp(table);
      const source = JSON.parse(JSON.stringify(table.source)) as Json;
      const args = { source, columns, count, start: wish.start, skip, characters: cellLength };
      const outcome = await look(on, { name: 'dataset.rows', args, result: rowsSchema }, signal);
      if (outcome.kind !== 'done') return failedLook('Reading the table', outcome);
      if (wish.start === null) spread.set(table.id, skip + outcome.value.rows.length);
      return shown(table, columns, outcome.value.total, outcome.value.rows);
    },
  });

  function shown(table: TableProfile, columns: readonly string[], total: number, read: Rows): ToolResult {
    const numbers = on.allowance.take(
      table.id,
      read.map(({ number }) => number),
    );
    const rows = read.filter(({ number }) => numbers.includes(number));
    if (rows.length === 0)
      return read.length === 0 ? refused(`The table has ${total} rows; there are none there.`) : usedUp(table);
    const lines = rows.map(({ number, cells }) => JSON.stringify([number, ...cells]));
    const header = JSON.stringify(['row', ...columns.map(shownName)]);
    const name = shownName(table.id);
    const left = `${rows.length} of ${total} rows; ${on.allowance.left(table.id)} more of this table may be seen.`;
    const text = quoted(`rows of ${name}`, [header, ...lines].join('\n'), rowsLength);
    return said(`${left}\n${text}`, `read ${rows.length} rows of ${name}`);
  }

  function usedUp(table: TableProfile): ToolResult {
    return refused(
      `No more rows of "${shownName(table.id)}" may be seen: the user shares ${on.sharedRows} of each table. Use profile_column, or python to compute over all rows.`,
    );
  }
}

/** Names as the table has them; all of a narrow table, the first ones of a wide one. */
function chosenColumns(table: TableProfile, given: readonly string[] | null): string[] | ToolResult {
  const all = table.columns.map(({ name }) => name);
  if (given === null || given.length === 0) return all.slice(0, columnsAtOnce);
  const chosen: string[] = [];
  for (const name of given.slice(0, columnsAtOnce)) {
    const found = byName(all, (one) => one, name);
    if (found === null) return unknownName('column', all, name);
    if (!chosen.includes(found)) chosen.push(found);
  }
  return chosen;
}
