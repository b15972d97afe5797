// How prepare.py reads a raw table of any format: every value as text, missing values empty.
import type { TableSource } from '../../dataset/source.ts';
import { pyString } from '../shared/python-literal.ts';
import { constant, type Fragment, pyFunction } from './program.ts';
import { openFile, type RawFile, rawFile } from './raw-file.ts';
import { readDelimited } from './read-delimited.ts';
import { readJson, valueText } from './read-json.ts';

/** The body of a function that reads one table. */
export interface TableReading {
  readonly doc: string;
  readonly lines: readonly string[];
  /** All columns of the file in order, where they are read by position; null where they are read by name. */
  readonly columns: readonly string[] | null;
  /** Whether the function ends in `pick`. */
  readonly named: boolean;
  readonly helpers?: readonly string[];
}

export interface TableReader {
  /** Name of the function. */
  readonly name: string;
  /** The Python list of the columns: the name of a constant, or an expression. */
  readonly columnsName: string;
  /** The columns that the task needs, as text of a Python list or as names; null where `columnsName` exists already. */
  readonly needed: string | readonly string[] | null;
  /** Some lines have more fields than the table has columns; they are left out. */
  readonly ragged: boolean;
  /** Name of the argument for the path (in a database: the table), where one function reads several of one shape. */
  readonly argument?: string;
}

const pick = pyFunction(
  'pick(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame',
  'The columns that the task needs; their order in the file does not matter.',
  [
    'absent = [name for name in columns if name not in table]',
    'if absent:',
    '    raise ValueError(f"the raw data lack the columns {absent}")',
    'return table[columns]',
  ],
);

/** The function `name(raw)`, its helpers and its list of columns. */
export function tableReader(source: TableSource, reader: TableReader): Fragment {
  const { argument, columnsName, needed } = reader;
  const file = rawFile(source, source.format === 'sqlite' ? undefined : argument);
  const reading = readTable(source, file, reader);
  const signature = `${reader.name}(raw: Path${argument === undefined ? '' : `, ${argument}: str`}) -> pd.DataFrame`;
  return {
    constants: columnsConstant(columnsName, reading.columns, needed),
    functions: [
      pyFunction(signature, reading.doc, reading.lines),
      ...(reading.helpers ?? []),
      ...(reading.named ? [pick] : []),
    ],
  };
}

function columnsConstant(name: string, inFile: readonly string[] | null, needed: TableReader['needed']): string[] {
  if (inFile !== null) return [`# All columns, in the order of the file:\n${constant(name, inFile)}`];
  if (needed === null) return [];
  return [typeof needed === 'string' ? `${name} = ${needed}` : constant(name, needed)];
}

function readTable(source: TableSource, file: RawFile, reader: TableReader): TableReading {
  const { columnsName: columns, ragged } = reader;
  switch (source.format) {
    case 'delimited':
      return readDelimited(source, file, columns, ragged);
    case 'json':
    case 'json-lines':
    case 'geojson':
      return readJson(source, file, columns);
    case 'sqlite':
      return readSqlite(source, file, reader);
    case 'parquet':
    case 'arrow':
      return readArrow(source, file, columns);
    case 'excel':
      return readExcel(source, file, columns);
    case 'arff':
      return readArff(source, file, columns);
  }
}

const asText = 'Every value as text, missing ones empty.';

function readSqlite(
  source: Extract<TableSource, { format: 'sqlite' }>,
  file: RawFile,
  { columnsName, argument }: TableReader,
): TableReading {
  const query = pyString(`SELECT * FROM "${source.table.replaceAll('"', '""')}"`);
  return {
    doc: asText,
    lines: [
      `path = ${file.path}`,
      'if not path.is_file():',
      '    raise FileNotFoundError(f"the raw data lack {path.name}")',
      'with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:',
      `    cursor = connection.execute(${argument === undefined ? query : `f'SELECT * FROM "{${argument}}"'`})`,
      '    names = [column[0] for column in cursor.description]',
      '    table = pd.DataFrame([[text(value) for value in row] for row in cursor], columns=names, dtype=object)',
      `return pick(table, ${columnsName})`,
    ],
    columns: null,
    named: true,
    helpers: [valueText(false)],
  };
}

function readArrow(
  source: Extract<TableSource, { format: 'parquet' | 'arrow' }>,
  file: RawFile,
  columns: string,
): TableReading {
  const module = source.format === 'parquet' ? 'parquet' : 'feather';
  return {
    doc: asText,
    lines: [
      openFile(file),
      `    table = ${module}.read_table(file)`,
      'columns = {name: [text(value) for value in table[name].to_pylist()] for name in table.column_names}',
      `return pick(pd.DataFrame(columns, dtype=object), ${columns})`,
    ],
    columns: null,
    named: true,
    helpers: [valueText(true)],
  };
}

function readExcel(source: Extract<TableSource, { format: 'excel' }>, file: RawFile, columns: string): TableReading {
  const first = source.skipLines + 2;
  return {
    doc: asText,
    lines: [
      openFile(file),
      '    book = openpyxl.load_workbook(file, read_only=True, data_only=True)',
      `    sheet = book[${pyString(source.sheet)}]`,
      '    sheet.reset_dimensions()  # some programs write a wrong size',
      `    cells = sheet.iter_rows(min_row=${first}, max_col=len(${columns}), values_only=True)`,
      '    rows = [[text(value) for value in row] for row in cells if any(value is not None for value in row)]',
      `return pd.DataFrame(rows, columns=${columns}, dtype=object)`,
    ],
    columns: source.columns,
    named: false,
    helpers: [valueText(false)],
  };
}

function readArff(source: Extract<TableSource, { format: 'arff' }>, file: RawFile, columns: string): TableReading {
  return {
    doc: 'The rows after @data; every value as it is written, missing ones empty.',
    lines: [
      openFile(file),
      '    lines = [line.strip() for line in io.TextIOWrapper(file, encoding="utf-8-sig")]',
      'start = [line.lower() for line in lines].index("@data") + 1',
      'data = [line for line in lines[start:] if line and not line.startswith("%")]',
      'rows = csv.reader(data, quotechar="\'", escapechar="\\\\", skipinitialspace=True)',
      `table = pd.DataFrame(list(rows), columns=${columns}, dtype=object)`,
      'return table.replace("?", "")',
    ],
    columns: source.columns,
    named: false,
  };
}
