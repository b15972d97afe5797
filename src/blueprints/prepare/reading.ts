// How prepare.py reads a raw table: every value as text, as it is written, missing values empty.
import type { TableSource } from '../../dataset/source.ts';
import { pyLiteral, pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';

const rawFile = `def raw_file(raw: Path, name: str) -> Path:
    """A file of the raw data; \`raw\` may also be that file itself."""
    path = raw if raw.is_file() else raw / name
    if not path.is_file():
        raise FileNotFoundError(f"the raw data lack {name}")
    return path`;

const text = `def text(value: object) -> str:
    """A value as text; missing values are empty."""
    if value is None or value != value:  # NaN differs from itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)`;

const flatten = `def flatten(record: dict, prefix: str = "") -> dict:
    """Nested objects become dotted names."""
    flat = {}
    for key, value in record.items():
        flat.update(flatten(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value})
    return flat`;

const recordsTable = `def as_table(records: list[dict], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([[text(record.get(name)) for name in columns] for record in records], columns=columns, dtype=object)`;

/** How the bytes of a file are opened. */
function opened(source: TableSource): { expression: string; imports: string[] } {
  const file = `raw_file(raw, ${pyString(source.path)})`;
  if (source.compression === 'gzip') return { expression: `gzip.open(${file})`, imports: ['import gzip'] };
  if (source.compression === 'zip') {
    return {
      expression: `zipfile.ZipFile(${file}).open(${pyString(source.member ?? '')})`,
      imports: ['import zipfile'],
    };
  }
  return { expression: file, imports: [] };
}

function asStream(source: TableSource): string {
  const { expression } = opened(source);
  return source.compression === 'none' ? `${expression}.open("rb")` : expression;
}

/** A function \`name(raw)\` that reads one table. `ragged` says that lines with too many fields occur and are left out. */
export function readingOf(source: TableSource, name: string, columns: string, ragged: boolean): Fragment {
  const constants = [[columns, source.columns]] as const;
  const { expression, imports } = opened(source);
  const body = bodyOf(source, columns, expression, ragged);
  const signature = `def ${name}(raw: Path) -> pd.DataFrame:`;
  return {
    imports: [...imports, ...body.imports],
    constants,
    functions: [
      rawFile,
      ...body.helpers,
      `${signature}\n    """${body.doc}"""\n${body.lines.map((line) => `    ${line}`).join('\n')}`,
    ],
  };
}

interface Body {
  readonly doc: string;
  readonly lines: readonly string[];
  readonly imports: readonly string[];
  readonly helpers: readonly string[];
}

const asWritten = 'Every value as it is written; missing values are empty.';

function bodyOf(source: TableSource, columns: string, expression: string, ragged: boolean): Body {
  switch (source.format) {
    case 'delimited':
      return delimited(source, columns, expression, ragged);
    case 'json':
    case 'json-lines':
    case 'geojson':
      return records(source, columns);
    case 'sqlite':
      return {
        doc: asWritten,
        lines: [
          `path = ${expression}`,
          'with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:',
          `    rows = connection.execute(${pyString(`SELECT * FROM "${source.table.replaceAll('"', '""')}"`)}).fetchall()`,
          `return pd.DataFrame([[text(value) for value in row] for row in rows], columns=${columns}, dtype=object)`,
        ],
        imports: ['import json', 'import sqlite3'],
        helpers: [text],
      };
    case 'parquet':
    case 'arrow':
      return {
        doc: asWritten,
        lines: [
          `table = pd.read_${source.format === 'parquet' ? 'parquet' : 'feather'}(${asStream(source)})[${columns}].astype(object)`,
          'return table.where(table.notna(), None).map(text)',
        ],
        imports: ['import json'],
        helpers: [text],
      };
    case 'excel':
      return {
        doc: asWritten,
        lines: [
          `sheet = pd.read_excel(${expression}, sheet_name=${pyString(source.sheet)}, header=None, skiprows=${source.skipLines + 1}, dtype=object)`,
          `sheet = sheet.reindex(columns=range(len(${columns}))).dropna(how="all")`,
          `sheet.columns = ${columns}`,
          'return sheet.map(text)',
        ],
        imports: ['import json'],
        helpers: [text],
      };
    case 'arff':
      return {
        doc: 'The data section of an ARFF file; every value as it is written.',
        lines: [
          `lines = ${asStream(source)}.read().decode("utf-8").splitlines()`,
          'start = next(number for number, line in enumerate(lines) if line.strip().lower() == "@data") + 1',
          'rows = [line for line in lines[start:] if line.strip() and not line.startswith("%")]',
          `table = pd.read_csv(io.StringIO("\\n".join(rows)), header=None, names=${columns}, dtype=str, keep_default_na=False, quotechar="'", skipinitialspace=True)`,
          'return table.replace("?", "")',
        ],
        imports: ['import io'],
        helpers: [],
      };
  }
}

function delimited(
  source: Extract<TableSource, { format: 'delimited' }>,
  columns: string,
  expression: string,
  ragged: boolean,
): Body {
  const options = [
    `sep=${pyString(source.delimiter)}`,
    `encoding=${pyString(source.encoding)}`,
    `header=${source.header ? '0' : 'None'}`,
    `names=${columns}`,
    'index_col=False',
    'dtype=str',
    'keep_default_na=False',
    ...(source.quote === '' ? ['quoting=csv.QUOTE_NONE'] : []),
    ...(source.skipLines > 0 ? [`skiprows=${source.skipLines}`] : []),
    ...(ragged ? ['on_bad_lines="skip"'] : []),
  ];
  const lines = [
    'table = pd.read_csv(',
    `    ${expression},`,
    ...options.map((option) => `    ${option},`),
    ')',
    'return table.fillna("")',
  ];
  const left = ragged ? ' Lines with too many fields are left out.' : '';
  return { doc: `${asWritten}${left}`, lines, imports: source.quote === '' ? ['import csv'] : [], helpers: [] };
}

function records(source: Extract<TableSource, { format: 'json' | 'json-lines' | 'geojson' }>, columns: string): Body {
  const helpers = [text, flatten, recordsTable];
  const imports = ['import json'];
  if (source.format === 'json-lines') {
    return {
      doc: 'One JSON object a line.',
      lines: [
        `lines = ${asStream(source)}.read().decode("utf-8").splitlines()`,
        `return as_table([flatten(json.loads(line)) for line in lines if line.strip()], ${columns})`,
      ],
      imports,
      helpers,
    };
  }
  const load = `document = json.load(${asStream(source)})`;
  if (source.format === 'json') {
    const steps = source.recordPath.map((key) => `[${pyString(key)}]`).join('');
    return {
      doc: 'The list of records of a JSON document.',
      lines: [load, `return as_table([flatten(record) for record in document${steps}], ${columns})`],
      imports,
      helpers,
    };
  }
  return {
    doc: 'One row per feature: the coordinates of its point, its id and its properties.',
    lines: [
      load,
      'records = []',
      'for feature in document["features"]:',
      '    geometry = feature.get("geometry") or {}',
      '    point = geometry.get("coordinates", []) if geometry.get("type") == "Point" else []',
      '    place = dict(zip(["longitude", "latitude", "elevation"], point))',
      '    records.append({**place, "id": feature.get("id"), **flatten(feature.get("properties") or {})})',
      `return as_table(records, ${columns})`,
    ],
    imports,
    helpers,
  };
}

/** Python packages that a format needs besides pandas. */
export function packagesOf(source: TableSource): string[] {
  if (source.format === 'excel') return ['openpyxl'];
  return source.format === 'parquet' || source.format === 'arrow' ? ['pyarrow'] : [];
}

/** A literal for tests on lists of names. */
export function nameList(names: readonly string[]): string {
  return pyLiteral(names);
}
