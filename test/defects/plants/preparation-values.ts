// PRE010, PRE014 to PRE020: columns, values and media.
import { position, setColumn, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, answers, targetOf, test, train, truth } from './rows.ts';

/** Writes a feature of both parts anew. */
const rewrite = (name: string, value: (cell: string, index: number) => string) => async (draft: Draft) => {
  for (const file of [train, test]) {
    await draft.editTable(file, (table) => {
      const at = position(table, name);
      setColumn(table, name, (row, index) => value(row[at] ?? '', index));
    });
  }
};

export const valuePlants: readonly Plant[] = [
  ...plants('PRE010', 'a class has no train row', ['multiclass', 'image', 'ordinal'], async (draft) => {
    const target = await targetOf(draft);
    const gone = values(await draft.table(answers), target)[0];
    await draft.editTable(train, (table) => {
      table.rows = table.rows.filter((row) => row[position(table, target)] !== gone);
    });
  }),
  ...plants('PRE010', 'one answer is spelt in capitals', ['text'], (draft) =>
    draft.editTable(answers, ({ rows }) => void (rows[0] ?? []).splice(1, 1, (rows[0]?.[1] ?? '').toUpperCase())),
  ),

  ...plants('PRE014', 'test shows the target', ['binary', 'image', 'forecasting'], async (draft) => {
    const target = await targetOf(draft);
    const known = await truth(draft);
    await draft.editTable(test, (table) => setColumn(table, target, (row) => known.get(row[0] ?? '') ?? ''));
  }),
  ...plants('PRE014', 'train lacks the target', ['regression', 'text'], async (draft) => {
    const target = await targetOf(draft);
    await draft.editTable(train, (table) => {
      const at = position(table, target);
      for (const row of [table.columns, ...table.rows]) row.splice(at, 1);
    });
  }),

  ...plants('PRE015', 'test has its columns in another order', ['binary', 'relational'], (draft) =>
    draft.editTable(test, (table) => {
      for (const row of [table.columns, ...table.rows]) row.splice(1, 2, row[2] ?? '', row[1] ?? '');
    }),
  ),
  ...plants('PRE015', 'a feature is in train only', ['multiclass'], (draft) =>
    draft.editTable(test, (table) => {
      for (const row of [table.columns, ...table.rows]) row.splice(1, 1);
    }),
  ),
  ...plants('PRE015', 'a feature is in test only', ['forecasting', 'text'], (draft) =>
    draft.editTable(test, (table) => setColumn(table, 'batch', (_, index) => String(index % 7))),
  ),

  ...plants('PRE016', 'answers are missing', ['binary', 'audio', 'regression'], (draft) =>
    draft.editTable(answers, ({ rows }) => {
      for (const row of rows.slice(3, 6)) row[1] = '';
    }),
  ),
  ...plants('PRE016', 'train rows have no target', ['multiclass'], async (draft) => {
    const target = await targetOf(draft);
    await draft.editTable(train, (table) => {
      for (const row of table.rows.slice(0, 20)) row[position(table, target)] = '';
    });
  }),

  ...plants(
    'PRE017',
    'codes lose their leading zeros',
    ['binary'],
    rewrite('ward', (cell) => String(Number(cell))),
  ),
  ...plants(
    'PRE017',
    'whole numbers become decimals',
    ['regression'],
    rewrite('floor', (cell) => `${cell}.0`),
  ),
  ...plants(
    'PRE017',
    'whole numbers with gaps become decimals',
    ['ordinal'],
    rewrite('months in cask', (cell) => `${cell}.0`),
  ),
  ...plants(
    'PRE017',
    'long numbers went through a float',
    ['ordinal'],
    rewrite('cellar', (cell) =>
      BigInt(Number(cell))
        .toString()
        .replace(/\d{2}$/, '00'),
    ),
  ),

  ...plants('PRE018', 'a feature holds one value', ['binary', 'relational'], async (draft) => {
    const feature = (await draft.manifest()).features.kept[1] ?? '';
    await rewrite(feature, () => '1')(draft);
  }),
  ...plants('PRE018', 'a feature is empty', ['multiclass', 'image'], (draft) => addFeature(draft, 'remark', () => '')),

  ...plants('PRE019', 'a media file of test is missing', ['image', 'audio'], async (draft) => {
    const table = await draft.table(test);
    await draft.remove(`data/public/${values(table, 'file')[0]}`);
  }),
  ...plants('PRE019', 'media of dropped rows stayed', ['image'], (draft) =>
    draft.editTable(train, (table) => void table.rows.splice(0, 4)),
  ),
  ...plants(
    'PRE019',
    'the table names another extension',
    ['audio'],
    rewrite('file', (cell) => cell.replace('.wav', '.flac')),
  ),

  ...plants(
    'PRE020',
    'missing values are written as a word',
    ['binary'],
    rewrite('weight', (cell) => (cell === '' ? 'nan' : cell)),
  ),
  ...plants('PRE020', 'None is a category', ['relational'], async (draft) => {
    const feature = (await draft.manifest()).features.kept[0] ?? '';
    await rewrite(feature, (cell, index) => (index % 4 === 0 ? 'None' : cell))(draft);
  }),
  ...plants(
    'PRE020',
    'text is decoded twice',
    ['text'],
    rewrite('message', (cell, index) => (index % 30 === 0 ? `${cell} caf\u00c3\u00a9` : cell)),
  ),
  ...plants(
    'PRE020',
    'signs were replaced while decoding',
    ['text'],
    rewrite('message', (cell, index) => (index % 30 === 0 ? cell.replace('e', '\ufffd') : cell)),
  ),
];
