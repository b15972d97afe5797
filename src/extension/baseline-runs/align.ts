// Two submissions with their rows in one order, so that a diff shows predictions that differ and nothing else.

interface Table {
  readonly header: string;
  /** Records by id, in the order of the file. */
  readonly rows: ReadonlyMap<string, string>;
}

/** Both texts with the rows in the order of the first; rows that only the second has come last. */
export function alignSubmissions(left: string, right: string, idColumn: string): readonly [string, string] {
  const tables = [read(left, idColumn), read(right, idColumn)] as const;
  const ids = [...new Set([...tables[0].rows.keys(), ...tables[1].rows.keys()])];
  const [first, second] = tables.map(({ header, rows }) => {
    const lines = ids.flatMap((id) => rows.get(id) ?? []);
    return `${[header, ...lines].join('\n')}\n`;
  });
  return [first ?? '', second ?? ''];
}

function read(text: string, idColumn: string): Table {
  const [header = '', ...records] = recordsOf(text);
  const column = Math.max(0, cellsOf(header).indexOf(idColumn));
  const rows = new Map<string, string>();
  for (const record of records) {
    const id = cellsOf(record)[column] ?? '';
    // A second row of one id is shown, too.
    rows.set(rows.has(id) ? `${id}\n${rows.size}` : id, record);
  }
  return { header, rows };
}

/** Records of a CSV text; line breaks within quotation marks do not end one. */
function recordsOf(text: string): string[] {
  const records: string[] = [];
  let pending = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    pending = pending === '' ? line : `${pending}\n${line}`;
    const open = (pending.split('"').length - 1) % 2 === 1;
    if (open) continue;
    if (pending !== '') records.push(pending);
    pending = '';
  }
  return pending === '' ? records : [...records, pending];
}

function cellsOf(record: string): string[] {
  const cells = record.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return cells.map((cell) => {
    const bare = cell.replace(/,$/, '');
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}
