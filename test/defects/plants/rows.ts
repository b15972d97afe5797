// Steps that many plants share: what a careless author does to the tables of a package.
import { layout } from '../../../src/task/layout.ts';
import { type CsvTable, position, setColumn, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';

export const { train, test, answers, sampleSubmission: sample } = layout;
const testFiles = [test, sample, answers] as const;

/** Numbers in [0, 1): the same in every run. */
export function random(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 0x1000000;
  };
}

/** A number near 0: the sum of three draws. */
export const noise = (draw: () => number): number => draw() + draw() + draw() - 1.5;

/** The items in another order. */
export function shuffled<Item>(items: readonly Item[], seed = 1): Item[] {
  const draw = random(seed);
  return items
    .map((item) => [draw(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** Keeps the test rows that `keep` takes, in all files about them, and the manifest's count with it. */
export async function keepTestRows(draft: Draft, keep: (id: string, index: number) => boolean): Promise<void> {
  const ids = values(await draft.table(test), 'id');
  const kept = new Set(ids.filter(keep));
  for (const file of testFiles) {
    await draft.editTable(file, (table) => {
      table.rows = table.rows.filter((row) => kept.has(row[0] ?? ''));
    });
  }
  await draft.editManifest(({ rows }) => {
    rows.raw -= ids.length - kept.size;
    rows.test = kept.size;
  });
}

/** The answers by id. */
export async function truth(draft: Draft): Promise<ReadonlyMap<string, string>> {
  const { rows } = await draft.table(answers);
  return new Map(rows.map(([id = '', answer = '']) => [id, answer]));
}

/** The target column of a package with one target. */
export async function targetOf(draft: Draft): Promise<string> {
  return (await draft.manifest()).target.columns[0] ?? '';
}

/** Adds a public feature, or writes one anew, from the answer of each row; the manifest and the description name it. */
export async function addFeature(
  draft: Draft,
  name: string,
  value: (target: string, row: readonly string[], index: number, part: 'train' | 'test') => string,
): Promise<void> {
  const target = await targetOf(draft);
  const known = await truth(draft);
  await draft.editTable(train, (table) => {
    const at = position(table, target);
    const isNew = !table.columns.includes(name);
    setColumn(table, name, (row, index) => value(row[at] ?? '', row, index, 'train'));
    if (isNew) swapLastTwo(table);
  });
  await draft.editTable(test, (table) =>
    setColumn(table, name, (row, index) => value(known.get(row[0] ?? '') ?? '', row, index, 'test')),
  );
  await draft.editManifest(({ features }) => {
    if (!features.kept.includes(name)) features.kept.push(name);
  });
  const line = `\n\`${name}\` is a further column.\n`;
  await draft.append(layout.description, line);
  await draft.append(layout.publicDescription, line);
}

/** The target stays the last column of train. */
function swapLastTwo(table: CsvTable): void {
  for (const row of [table.columns, ...table.rows]) {
    const last = row.pop() ?? '';
    const before = row.pop() ?? '';
    row.push(last, before);
  }
}

/** Gives every row another id, in all tables alike. */
export async function renumber(
  draft: Draft,
  order: (
    rows: readonly { readonly id: string; readonly target: string; readonly part: 'train' | 'test' }[],
  ) => ReadonlyMap<string, string>,
): Promise<void> {
  const target = await targetOf(draft);
  const known = await truth(draft);
  const table = await draft.table(train);
  const at = position(table, target);
  const all = [
    ...table.rows.map((row) => ({ id: row[0] ?? '', target: row[at] ?? '', part: 'train' as const })),
    ...[...known].map(([id, answer]) => ({ id, target: answer, part: 'test' as const })),
  ];
  const ids = order(all);
  for (const file of [train, ...testFiles]) {
    await draft.editTable(file, ({ rows }) => {
      for (const row of rows) row[0] = ids.get(row[0] ?? '') ?? '';
    });
  }
}

/** Puts the rows of the files about the test part into one order of ids. */
export async function orderTest(draft: Draft, order: (ids: readonly string[]) => readonly string[]): Promise<void> {
  const ids = order(values(await draft.table(test), 'id'));
  const place = new Map(ids.map((id, index) => [id, index]));
  for (const file of testFiles) {
    await draft.editTable(file, (table) => {
      table.rows.sort((a, b) => (place.get(a[0] ?? '') ?? 0) - (place.get(b[0] ?? '') ?? 0));
    });
  }
}

/** Compares as numbers where both are, else as words. */
export function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isFinite(x) && Number.isFinite(y) ? x - y : a < b ? -1 : a > b ? 1 : 0;
}

/** Changes the description, and its public copy with it. */
export async function described(draft: Draft, change: (text: string) => string): Promise<void> {
  const text = await draft.read(layout.description);
  const changed = change(text);
  if (changed === text) throw new Error('the description does not change');
  await draft.write(layout.description, changed);
  await draft.write(layout.publicDescription, changed);
}
