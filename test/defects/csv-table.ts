// The tables of a package as rows of text, to plant faults into.

export interface CsvTable {
  readonly columns: string[];
  rows: string[][];
}

/** Fields by RFC 4180; every cell stays as it is written. */
export function parseCsv(text: string): CsvTable {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      record.push(field);
      field = '';
    } else if (sign === '\n') {
      records.push([...record, field]);
      record = [];
      field = '';
    } else field += sign;
  }
  if (field !== '' || record.length > 0) records.push([...record, field]);
  const [columns = [], ...rows] = records;
  return { columns, rows };
}

/** The text of a table, as prepare.py writes it. */
export function formatCsv({ columns, rows }: CsvTable): string {
  const line = (fields: readonly string[]) =>
    fields.map((field) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
  return `${[columns, ...rows].map(line).join('\n')}\n`;
}

/** Where a column stands. */
export function position({ columns }: CsvTable, name: string): number {
  const at = columns.indexOf(name);
  if (at < 0) throw new Error(`no column ${JSON.stringify(name)} among ${columns.join(', ')}`);
  return at;
}

/** The values of a column, in file order. */
export function values(table: CsvTable, name: string): string[] {
  const at = position(table, name);
  return table.rows.map((row) => row[at] ?? '');
}

/** Writes a column anew, at its place or, when there is none of that name, as the last one. */
export function setColumn(table: CsvTable, name: string, value: (row: readonly string[], index: number) => string) {
  const known = table.columns.indexOf(name);
  if (known < 0) table.columns.push(name);
  const at = known < 0 ? table.columns.length - 1 : known;
  table.rows.forEach((row, index) => {
    row[at] = value(row, index);
  });
}
