// A base table with the columns of its parents, and of their parents, looked up through many-to-one relations.
import type { TableJudgement } from '../../../dataset/judgement.ts';
import type { DatasetProfile, Relation, TableProfile } from '../../../dataset/profile.ts';
import { tableColumns } from '../base-columns.ts';
import type { IdeaColumn, TableTaskSource } from '../idea.ts';
import { humanised } from '../words/names.ts';

/** Grandparents are looked up too; further away the connection to a row is thin. */
const DEPTH = 2;
/** A list of kinds is short and says little more of each than its name. */
const MOST_KINDS = 60;
const MOST_KIND_COLUMNS = 3;

export interface Joined {
  readonly columns: readonly IdeaColumn[];
  readonly lookups: TableTaskSource['lookups'];
  /** Key columns of the joined table, each with the humanised table it leads to. */
  readonly keys: ReadonlyMap<string, string>;
  /** Looked-up columns that name a parent uniquely, with the parent. */
  readonly names: ReadonlyMap<string, string>;
  /** For each looked-up column the key that it was looked up with. */
  readonly lookupOf: ReadonlyMap<string, string>;
  readonly entities: readonly { readonly key: string; readonly members: number }[];
  readonly parents: readonly Parent[];
}

export interface Parent {
  readonly table: TableProfile;
  readonly key: string;
  readonly prefix: string;
  readonly columns: readonly IdeaColumn[];
  /** A short list of kinds (genres, states) rather than of entities. */
  readonly isKind: boolean;
}

interface Growing {
  columns: IdeaColumn[];
  lookups: TableTaskSource['lookups'];
  keys: Map<string, string>;
  names: Map<string, string>;
  lookupOf: Map<string, string>;
  entities: { key: string; members: number }[];
  parents: Parent[];
}

/** Looks up every parent of `table` that is another table, two levels deep. */
export function joinedTable(
  profile: DatasetProfile,
  judged: ReadonlyMap<string, TableJudgement>,
  table: TableProfile,
  judgement: TableJudgement,
): Joined {
  const joined: Growing = {
    columns: [...tableColumns(table, judgement)],
    lookups: [],
    keys: new Map(),
    names: new Map(),
    lookupOf: new Map(),
    entities: [],
    parents: [],
  };
  for (const column of primaryKeys(profile, table)) joined.keys.set(column, humanised(tableName(table)));
  addParents(profile, judged, table, '', 1, new Set([table.id]), joined);
  return joined;
}

function addParents(
  profile: DatasetProfile,
  judged: ReadonlyMap<string, TableJudgement>,
  child: TableProfile,
  prefix: string,
  depth: number,
  path: ReadonlySet<string>,
  joined: Growing,
): void {
  if (depth > DEPTH) return;
  for (const relation of relationsFrom(profile, child)) {
    const parent = profile.tables.find((item) => item.id === relation.to.table);
    const judgement = judged.get(relation.to.table);
    if (parent === undefined || judgement === undefined || path.has(parent.id)) continue;
    const from = prefix + relation.from.column;
    const own = `${prefix}${bareKey(relation.from.column, parent)}_`;
    if (joined.parents.some((item) => item.prefix === own)) continue;
    addLookup(profile, parent, judgement, relation, from, own, joined);
    addParents(profile, judged, parent, own, depth + 1, new Set([...path, parent.id]), joined);
  }
}

function addLookup(
  profile: DatasetProfile,
  parent: TableProfile,
  judgement: TableJudgement,
  relation: Relation,
  from: string,
  prefix: string,
  joined: Growing,
): void {
  const words = humanised(tableName(parent));
  joined.keys.set(from, words);
  if (!isKindTable(parent)) joined.entities.push({ key: from, members: parent.rows });
  const columns = tableColumns(parent, judgement)
    .filter((column) => column.name !== relation.to.column)
    .map((column) => ({ ...column, name: prefix + column.name, parent: words }));
  if (columns.length === 0) return;
  joined.lookups.push({
    table: parent.source,
    from,
    to: relation.to.column,
    columns: columns.map((column) => column.profile.name),
    prefix,
  });
  joined.columns.push(...columns);
  joined.parents.push({ table: parent, key: from, prefix, columns, isKind: isKindTable(parent) });
  const foreign = new Set(relationsFrom(profile, parent).map((item) => item.from.column));
  for (const column of columns) {
    joined.lookupOf.set(column.name, from);
    const { profile: shape } = column;
    if (foreign.has(shape.name)) joined.keys.set(column.name, words);
    else if (isName(column, parent)) joined.names.set(column.name, words);
  }
}

/** A text of its own for nearly every row of the parent; pictures are none, although each is different. */
function isName({ profile, judgement }: IdeaColumn, parent: TableProfile): boolean {
  return profile.kind === 'text' && judgement?.role !== 'binary' && profile.distinct >= 0.95 * parent.rows;
}

function isKindTable(parent: TableProfile): boolean {
  return parent.rows <= MOST_KINDS && parent.columns.length <= MOST_KIND_COLUMNS;
}

/** One relation per column: a declared one before one that was found. */
function relationsFrom(profile: DatasetProfile, table: TableProfile): readonly Relation[] {
  const found = profile.relations
    .filter((relation) => relation.from.table === table.id && relation.to.table !== table.id)
    .toSorted((a, b) => Number(b.declared) - Number(a.declared));
  return found.filter((item, at) => found.findIndex((other) => other.from.column === item.from.column) === at);
}

function primaryKeys(profile: DatasetProfile, table: TableProfile): readonly string[] {
  const pointed = profile.relations.filter((relation) => relation.to.table === table.id);
  return [...new Set(pointed.map((relation) => relation.to.column))];
}

/** `AlbumId` leads to an album: the word before "id", else the name of the parent table. */
function bareKey(column: string, parent: TableProfile): string {
  const bare = column.replace(/[_ ]?(id|key|code|no|nr)$/i, '');
  return bare === '' ? tableName(parent) : bare;
}

/** The bare name of a table: the part after `#`, or the file name without its ending. */
export function tableName(table: TableProfile): string {
  const inner = table.id.includes('#') ? table.id.slice(table.id.lastIndexOf('#') + 1) : table.id;
  return (inner.split('/').at(-1) ?? inner).replace(/\.[a-z0-9]+$/i, '') || inner;
}
