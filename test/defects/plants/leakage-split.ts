// LEK011 to LEK014, LEK018: what the split does not keep apart.
import { position, setColumn, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, answers, random, shuffled, test, train, truth } from './rows.ts';

const declared = (kind: 'group' | 'time' | 'random', by: string[]) => (draft: Draft) =>
  draft.editManifest(
    ({ split }) => void Object.assign(split, { kind, by, reason: 'Rows of one key belong together.' }),
  );

/** Deals the rows of a package out anew at random, as if its split were random; targets stay with their rows. */
async function mixParts(draft: Draft, target: string): Promise<void> {
  const known = await truth(draft);
  const [a, b] = [await draft.table(train), await draft.table(test)];
  const names = b.columns;
  const all = [
    ...a.rows.map((row) => ({
      cells: names.slice(1).map((name) => row[position(a, name)] ?? ''),
      y: row[position(a, target)] ?? '',
    })),
    ...b.rows.map((row) => ({ cells: row.slice(1), y: known.get(row[0] ?? '') ?? '' })),
  ];
  const mixed = shuffled(all, 4);
  const told = new Map<string, string>();
  await draft.editTable(train, (table) => {
    for (const row of table.rows) {
      const drawn = mixed.pop() ?? { cells: [], y: '' };
      for (const [index, name] of names.slice(1).entries()) row[position(table, name)] = drawn.cells[index] ?? '';
      row[position(table, target)] = drawn.y;
    }
  });
  await draft.editTable(test, (table) => {
    for (const row of table.rows) {
      const drawn = mixed.pop() ?? { cells: [], y: '' };
      row.splice(1, row.length - 1, ...drawn.cells);
      told.set(row[0] ?? '', drawn.y);
    }
  });
  await draft.editTable(answers, ({ rows }) => {
    for (const row of rows) row[1] = told.get(row[0] ?? '') ?? '';
  });
}

export const splitPlants: readonly Plant[] = [
  ...plants('LEK011', 'the split by group was forgotten', ['binary', 'multiclass', 'relational'], async (draft) => {
    const draw = random(21);
    await addFeature(draft, 'household', () => `h${Math.floor(300 * draw())}`);
    await declared('group', ['household'])(draft);
  }),
  ...plants('LEK011', 'three groups stand on both sides', ['regression', 'text'], async (draft) => {
    const draw = random(22);
    await addFeature(draft, 'owner', (_, __, index, part) =>
      index < 3 ? `o${index}` : `${part === 'train' ? 'o1' : 'o2'}${100 + Math.floor(200 * draw())}`,
    );
    await declared('group', ['owner'])(draft);
  }),

  ...plants('LEK012', 'doctors with their own habits are in both parts', ['binary'], (draft) => {
    const draw = random(23);
    // Each doctor sees patients of one kind only.
    return addFeature(draft, 'doctor', (target) => `d${Math.floor(70 * draw())}${target === 'yes' ? 'k' : 'm'}`);
  }),
  ...plants('LEK012', 'houses with many flats are in both parts', ['regression'], (draft) => {
    const draw = random(24);
    return addFeature(draft, 'house', (target) => `b${Math.floor(Number(target) / 40)}x${Math.floor(2 * draw())}`);
  }),
  ...plants('LEK012', 'days were dealt out at random', ['time split'], async (draft) => {
    await mixParts(draft, 'level');
    await declared('random', [])(draft);
  }),

  ...plants('LEK013', 'ten test rows are from before the cut', ['forecasting', 'time split'], (draft) =>
    draft.editTable(test, (table) => {
      const at = position(table, 'date');
      for (const [index, row] of table.rows.slice(0, 10).entries()) row[at] = `2019-03-${String(10 + index)}`;
    }),
  ),
  ...plants('LEK013', 'the rows of the last train day are in both parts', ['forecasting'], async (draft) => {
    const last =
      values(await draft.table(train), 'date')
        .sort()
        .at(-1) ?? '';
    await draft.editTable(test, (table) => void (table.rows[0] ?? []).splice(position(table, 'date'), 1, last));
  }),
  ...plants('LEK013', 'the split was random and is declared to be by time', ['time split'], (draft) =>
    mixParts(draft, 'level'),
  ),

  ...plants('LEK014', 'the level of the day before is a feature', ['time split'], (draft) => lagged(draft, 1)),
  ...plants('LEK014', 'the level of a week before is a feature', ['time split'], (draft) => lagged(draft, 7)),

  ...plants('LEK018', 'a counter goes on from train to test', ['binary', 'regression'], (draft) =>
    addFeature(draft, 'counter', (_, __, index, part) => String(index + (part === 'test' ? 5000 : 0))),
  ),
  ...plants('LEK018', 'test was measured with another device', ['multiclass'], async (draft) => {
    await draft.editTable(test, (table) => {
      const at = position(table, 'girth');
      setColumn(table, 'girth', (row) => (Number(row[at]) * 0.3937).toFixed(1));
    });
  }),
  ...plants('LEK018', 'missing values were filled in train only', ['binary'], async (draft) => {
    const draw = random(25);
    await addFeature(draft, 'weightiest', (_, __, ___, part) =>
      part === 'test' && draw() < 0.7 ? '' : (9 * draw()).toFixed(1),
    );
  }),
];

/** Adds what the target was some days earlier, as it stands in the whole series. */
async function lagged(draft: Draft, days: number): Promise<void> {
  const known = await truth(draft);
  const [a, b] = [await draft.table(train), await draft.table(test)];
  const series = new Map<string, string>();
  for (const row of a.rows) series.set(row[position(a, 'date')] ?? '', row[position(a, 'level')] ?? '');
  for (const row of b.rows) series.set(row[position(b, 'date')] ?? '', known.get(row[0] ?? '') ?? '');
  const before = (date: string) => new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
  const places = { train: position(a, 'date'), test: position(b, 'date') };
  await addFeature(draft, 'level before', (_, row, __, part) => series.get(before(row[places[part]] ?? '')) ?? '');
}
