// How prepare.py opens a file of the raw dataset.
import type { TableSource } from '../../dataset/source.ts';
import { pyString } from '../shared/python-literal.ts';

/** A raw file: the Python expression of its path, and how it is packed. */
export interface RawFile {
  readonly path: string;
  readonly compression: TableSource['compression'];
  readonly member: string | null;
}

/** The file of a table; `path` replaces the literal path where a function takes it as an argument. */
export function rawFile(source: TableSource, path = pyString(source.path)): RawFile {
  return { path: `raw / ${path}`, compression: source.compression, member: source.member };
}

/** A with-statement whose \`file\` is the binary content, unpacked. */
export function openFile({ path, compression, member }: RawFile): string {
  switch (compression) {
    case 'none':
      return `with (${path}).open("rb") as file:`;
    case 'gzip':
      return `with gzip.open(${path}) as file:`;
    case 'zip':
      return `with zipfile.ZipFile(${path}) as archive, archive.open(${pyString(member ?? '')}) as file:`;
  }
}
