// Readers of several tables: one function for tables of one shape, and a function each for the others.
import type { DatasetProfile } from '../../dataset/profile.ts';
import { type TableSource, tableId } from '../../dataset/source.ts';
import { pyString } from '../shared/python-literal.ts';
import { constant, type Fragment } from './program.ts';
import { isReadByName } from './read-delimited.ts';
import { type TableReader, tableReader } from './reading.ts';

interface Table {
  readonly source: TableSource;
  readonly columns: Set<string>;
}

/** The reader of one table; lines that the profile found too long are left out. */
export function readerOf(source: TableSource, profile: DatasetProfile, reader: Omit<TableReader, 'ragged'>): Fragment {
  return tableReader(source, { ...reader, ragged: hasRaggedLines(source, profile) });
}

export function hasRaggedLines(source: TableSource, profile: DatasetProfile): boolean {
  const id = tableId(source);
  return profile.tables.some((table) => table.id === id && table.raggedCount > 0);
}

/** Tables that a program joins. Columns are gathered first; then `call` and `fragments` tell how to read. */
export class TableReaders {
  readonly #profile: DatasetProfile;
  readonly #tables = new Map<string, Table>();

  constructor(profile: DatasetProfile) {
    this.#profile = profile;
  }

  /** Says that columns of a table are needed. */
  need(source: TableSource, columns: readonly string[]): void {
    const id = tableId(source);
    const table = this.#tables.get(id) ?? { source, columns: new Set<string>() };
    for (const column of columns) table.columns.add(column);
    this.#tables.set(id, table);
  }

  /** The call that reads a table. */
  call(source: TableSource): string {
    return this.#oneShape()
      ? `read_table(raw, ${pyString(argumentOf(source))})`
      : `read_${this.#names().get(tableId(source))}(raw)`;
  }

  fragments(): Fragment[] {
    const tables = [...this.#tables.values()];
    const [first] = tables;
    if (first !== undefined && this.#oneShape()) {
      const columns = Object.fromEntries(tables.map((table) => [argumentOf(table.source), neededOf(table)]));
      const reader = { name: 'read_table', columnsName: 'TABLES[name]', needed: null, argument: 'name' };
      return [{ constants: [constant('TABLES', columns)] }, readerOf(first.source, this.#profile, reader)];
    }
    const names = this.#names();
    return tables.map((table) => {
      const name = names.get(tableId(table.source)) ?? '';
      const columnsName = `${name.toUpperCase()}_COLUMNS`;
      return readerOf(table.source, this.#profile, { name: `read_${name}`, columnsName, needed: neededOf(table) });
    });
  }

  /** Whether one function can read all: the same format and dialect, columns found by name. */
  #oneShape(): boolean {
    const shapes = [...this.#tables.values()].map(({ source }) =>
      shapeOf(source, hasRaggedLines(source, this.#profile)),
    );
    return shapes.length > 1 && shapes.every((shape) => shape !== null && shape === shapes[0]);
  }

  #names(): Map<string, string> {
    const names = new Map<string, string>();
    const taken = new Set(['rows']);
    for (const [id, { source }] of this.#tables) {
      const base = pythonName(source);
      let name = base;
      for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
      taken.add(name);
      names.set(id, name);
    }
    return names;
  }
}

function neededOf({ source, columns }: Table): string[] {
  return source.columns.filter((column) => columns.has(column));
}

function argumentOf(source: TableSource): string {
  return source.format === 'sqlite' ? source.table : source.path;
}

function shapeOf(source: TableSource, ragged: boolean): string | null {
  switch (source.format) {
    case 'sqlite':
      return source.table.includes('"') ? null : `sqlite ${source.path}`;
    case 'excel':
    case 'arff':
      return null;
    case 'delimited':
      if (!isReadByName(source)) return null;
  }
  const { path: _path, columns: _columns, ...shape } = source;
  return JSON.stringify({ ...shape, ragged });
}

function pythonName(source: TableSource): string {
  const inner = source.format === 'sqlite' ? source.table : (source.member ?? source.path);
  const bare = (inner.split('/').at(-1) ?? inner).replace(/\.[^.]*$/, '');
  const words = bare.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'table';
}
