// Reading JSON documents, JSON Lines and GeoJSON, and values of typed formats as text.
import type { TableSource } from '../../dataset/source.ts';
import { pyString } from '../shared/python-literal.ts';
import { pyFunction } from './program.ts';
import { openFile, type RawFile } from './raw-file.ts';
import type { TableReading } from './reading.ts';

type Json = Extract<TableSource, { format: 'json' | 'json-lines' | 'geojson' }>;

/** `text(value)`: how a value that is no text in its file is written. `nested` adds lists and objects. */
export function valueText(nested: boolean): string {
  return pyFunction(
    'text(value: object) -> str',
    'A value as people write it: 3 rather than 3.0, true, and nothing for missing.',
    [
      'if value is None or (isinstance(value, float) and math.isnan(value)):',
      '    return ""',
      'if isinstance(value, bool):',
      '    return str(value).lower()',
      'if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:',
      '    return str(int(value))',
      ...(nested
        ? ['if isinstance(value, dict | list):', '    return json.dumps(value, ensure_ascii=False, default=str)']
        : []),
      'written = str(value).replace("\\r\\n", "\\n").replace("\\r", "\\n")  # one kind of line break',
      'return written.encode("utf-8", "replace").decode("utf-8")  # half characters cannot be written',
    ],
  );
}

const flatten = pyFunction('flatten(record: dict, prefix: str = "") -> dict', 'Nested objects as dotted names.', [
  'flat = {}',
  'for key, value in record.items():',
  '    flat |= flatten(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}',
  'return flat',
]);

const toTable = pyFunction(
  'to_table(records: list[dict], columns: list[str]) -> pd.DataFrame',
  'One row per record; a key that a record lacks is a missing value.',
  [
    'absent = set(columns).difference(*records)',
    'if absent:',
    '    raise ValueError(f"the raw data lack the keys {sorted(absent)}")',
    'cells = [[text(record.get(name)) for name in columns] for record in records]',
    'return pd.DataFrame(cells, columns=columns, dtype=object)',
  ],
);

const place = pyFunction(
  'flat_feature(feature: dict) -> dict',
  'The coordinates of a point, its id and its properties.',
  [
    'geometry, properties = feature.get("geometry"), feature.get("properties")',
    'is_point = isinstance(geometry, dict) and geometry.get("type") == "Point"',
    'point = geometry.get("coordinates") or [] if is_point else []',
    'record = dict(zip(["longitude", "latitude", "elevation"], point, strict=False))',
    'return record | {"id": feature.get("id")} | flatten(properties if isinstance(properties, dict) else {})',
  ],
);

const line = pyFunction(
  'record_of(line: str) -> dict | None',
  'The object of one line with its nested objects flattened; nothing for a line that holds none.',
  [
    'try:',
    '    record = json.loads(line)',
    'except (ValueError, RecursionError):',
    '    return None',
    'return flatten(record) if isinstance(record, dict) else None',
  ],
);

/** Text as the profile reads it: bytes that are no UTF-8 become replacement characters. */
const asText = 'encoding="utf-8-sig", errors="replace"';

export function readJson(source: Json, file: RawFile, columns: string): TableReading {
  const { doc, lines, helpers } = body(source, file, columns);
  const flat = [...lines, ...helpers].some((text) => text.includes('flatten(')) ? [flatten] : [];
  return { doc, lines, columns: null, named: false, helpers: [...helpers, ...flat, toTable, valueText(true)] };
}

function body(source: Json, file: RawFile, columns: string): { doc: string; lines: string[]; helpers: string[] } {
  if (source.format === 'json-lines') {
    return {
      doc: 'One row per line that holds an object; nested objects become dotted names.',
      lines: [
        openFile(file),
        `    lines = io.TextIOWrapper(file, ${asText}, newline="\\n")`,
        '    records = [record for record in map(record_of, lines) if record is not None]',
        `return to_table(records, ${columns})`,
      ],
      helpers: [line],
    };
  }
  const geo = source.format === 'geojson';
  return {
    doc: geo ? 'One row per feature of the map.' : 'One row per record; nested objects become dotted names.',
    lines: [
      openFile(file),
      `    document = json.load(io.TextIOWrapper(file, ${asText}))`,
      ...(geo
        ? ['records = [flat_feature(item) for item in document["features"] if isinstance(item, dict)]']
        : jsonRecords(source, columns)),
      `return to_table(records, ${columns})`,
    ],
    helpers: geo ? [place] : [],
  };
}

/** Lines that set `records` from `document`, as json_layout.py reads them. */
function jsonRecords(source: Extract<Json, { format: 'json' }>, columns: string): string[] {
  const found = `document${source.recordPath.map((key) => `[${pyString(key)}]`).join('')}`;
  const key = pyString(source.keyColumn ?? '');
  switch (source.layout) {
    case undefined:
      return [`records = [flatten(item) for item in ${found}]`];
    case 'rows':
      return [`records = [dict(zip(${columns}, row, strict=True)) for row in ${found}]`];
    case 'columns':
      return [
        `cells = ${found}`,
        'records = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]',
      ];
    case 'indexed':
      return [
        `cells = ${found}`,
        'rows = next(iter(cells.values()))',
        'records = [{name: column.get(row) for name, column in cells.items()} for row in rows]',
      ];
    case 'keyed':
      return [`records = [{${key}: name} | flatten(item) for name, item in ${found}.items()]`];
    case 'parts':
      return [
        `parts = ${found}`,
        `records = [{${key}: name} | flatten(item) for name, items in parts.items() for item in items]`,
      ];
    case 'row-parts':
      return [
        `parts = ${found}`,
        `rows = [[name, *row] for name, items in parts.items() for row in items]`,
        `records = [dict(zip(${columns}, row, strict=True)) for row in rows]`,
      ];
  }
}
