// Reading delimited text: exactly the dialect of the file, every value as it is written.
import type { TableSource } from '../../dataset/source.ts';
import { pyString } from '../shared/python-literal.ts';
import { openFile, type RawFile } from './raw-file.ts';
import type { TableReading } from './reading.ts';

type Delimited = Extract<TableSource, { format: 'delimited' }>;

/** Names that may stand for a blank, repeated or cut header cell: then only the position is certain. */
const inventedName = /^column_\d+$|_\d+$|^.{200}/;

/** Whether columns are found by their names in the header. */
export function isReadByName(source: Delimited): boolean {
  return source.header && !source.columns.some((name) => inventedName.test(name));
}

/** Reads by the names of the header where they are certain, else by position. */
export function readDelimited(source: Delimited, file: RawFile, columns: string, ragged: boolean): TableReading {
  const byName = isReadByName(source);
  const options = [
    ...(source.compression === 'gzip' ? ['compression="gzip"'] : []),
    ...(source.delimiter === ',' ? [] : [`sep=${pyString(source.delimiter)}`]),
    ...(source.quote === '' ? ['quoting=csv.QUOTE_NONE'] : []),
    ...(source.quote === '' || source.quote === '"' ? [] : [`quotechar=${pyString(source.quote)}`]),
    ...(source.encoding === 'utf-8' ? [] : [`encoding=${pyString(source.encoding)}`]),
    ...(source.skipBlanks ? ['skipinitialspace=True'] : []),
    ...(source.skipLines > 0 ? [`skiprows=${source.skipLines}`] : []),
    ...(byName ? [] : [`header=${source.header ? '0' : 'None'}`, `names=${columns}`]),
    'index_col=False',
    'dtype=str',
    'keep_default_na=False',
    ...(ragged ? ['on_bad_lines="warn"'] : []),
  ];
  const doc = `Every value as it is written${source.skipBlanks ? ', without the blanks after delimiters' : ''}, missing ones empty.${ragged ? ' Lines with too many fields are left out.' : ''}`;
  const inZip = source.compression === 'zip';
  const read = (start: string) => {
    const call = readCall(start, inZip ? 'file' : file.path, options);
    return inZip ? [openFile(file), ...call.map((line) => `    ${line}`)] : call;
  };
  if (!byName) return { doc, lines: read('return'), columns: [...source.columns], named: false };
  return {
    doc,
    lines: [
      ...read('table ='),
      'table.columns = [" ".join(name.split()) for name in table.columns]',
      `return pick(table, ${columns})`,
    ],
    columns: null,
    named: true,
  };
}

const lineWidth = 110;

function readCall(start: string, path: string, options: readonly string[]): string[] {
  const flat = `${start} pd.read_csv(${[path, ...options].join(', ')})`;
  if (flat.length <= lineWidth) return [flat];
  return [`${start} pd.read_csv(`, ...[path, ...options].map((option) => `    ${option},`), ')'];
}
