// The row of a submission that a refusal talks about, as far as its message names an id.

/** One cell of CSV: quoted with doubled quotes, or plain. */
const CELL = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(?:,|\r?\n|$)/y;
const QUOTED = /'([^']{1,80})'|"([^"]{1,80})"|\bid[ :]+(\S{1,80}?)[.,;]?(?=\s|$)/g;

/** Zero-based line of the first row whose id the message names; the second one when the id is said to be repeated. Null without any. */
export function refusedRow(message: string, csv: string, idColumn: string): number | null {
  const named = [...message.matchAll(QUOTED)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
  const rows = idsOf(csv, idColumn);
  for (const name of named) {
    const found = rows.filter(({ id }) => id === name);
    const row = /repeat|duplicat|twice/i.test(message) ? (found[1] ?? found[0]) : found[0];
    if (row !== undefined) return row.line;
  }
  return null;
}

function idsOf(csv: string, idColumn: string): { id: string; line: number }[] {
  const rows: { id: string; line: number }[] = [];
  let column = -1;
  let [index, line, start, offset] = [0, 0, 0, 0];
  while (offset < csv.length) {
    CELL.lastIndex = offset;
    const cell = CELL.exec(csv);
    if (cell === null || cell[0] === '') break;
    const value = cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '';
    if (start === 0 && value === idColumn) column = index;
    else if (start > 0 && index === column) rows.push({ id: value, line });
    offset += cell[0].length;
    const breaks = cell[0].split('\n').length - 1;
    if (cell[0].endsWith('\n')) {
      start += 1;
      index = 0;
    } else index += 1;
    line += breaks;
  }
  return rows;
}
