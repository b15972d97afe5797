// PRE006 to PRE009, PRE011 to PRE013: rows and ids.
import { position, setColumn, values } from '../csv-table.ts';
import { type Plant, plants } from '../plant.ts';
import { answers, compare, keepTestRows, renumber, sample, targetOf, test, train } from './rows.ts';

export const rowPlants: readonly Plant[] = [
  ...plants('PRE006', 'train rows are lost in a join', ['binary', 'image', 'forecasting'], (draft) =>
    draft.editTable(train, (table) => {
      table.rows = table.rows.filter((_, index) => index % 20 > 0);
    }),
  ),
  ...plants('PRE006', 'the manifest counts raw rows that went nowhere', ['relational'], (draft) =>
    draft.editManifest(({ rows }) => void Object.assign(rows, { raw: rows.raw + 61 })),
  ),
  ...plants('PRE006', 'a join made more rows', ['text'], (draft) =>
    draft.editTable(
      train,
      ({ rows }) => void rows.push(...rows.slice(0, 9).map((row, n) => row.with(0, String(90_000 + n)))),
    ),
  ),

  ...plants('PRE007', 'an id of train repeats', ['binary', 'audio'], (draft) =>
    draft.editTable(train, ({ rows }) => void (rows[1] ?? []).splice(0, 1, rows[0]?.[0] ?? '')),
  ),
  ...plants('PRE007', 'train and test are numbered from 0 each', ['multiclass'], (draft) =>
    renumber(draft, (rows) => {
      const next = { train: 0, test: 0 };
      return new Map(rows.map(({ id, part }) => [id, String(next[part]++)]));
    }),
  ),
  ...plants('PRE007', 'a test row has no id', ['text'], async (draft) => {
    for (const file of [test, sample, answers])
      await draft.editTable(file, ({ rows }) => void (rows[4] ?? []).splice(0, 1, ''));
  }),
  ...plants('PRE007', 'an id of the answers repeats', ['forecasting'], (draft) =>
    draft.editTable(answers, ({ rows }) => void rows.push([...(rows[0] ?? [])])),
  ),

  ...plants('PRE008', 'ids follow the raw order, sorted by a measure', ['binary', 'regression'], async (draft) => {
    const feature = (await draft.manifest()).features.kept[0] ?? '';
    const tables = [await draft.table(train), await draft.table(test)];
    const rows = tables.flatMap((table) =>
      table.rows.map((row) => [row[0] ?? '', row[position(table, feature)] ?? ''] as const),
    );
    const ids = new Map(rows.sort((a, b) => compare(a[1], b[1])).map(([id], index) => [id, String(index)]));
    await renumber(draft, () => ids);
  }),
  ...plants('PRE008', 'test ids go on where train ids end', ['text', 'image'], (draft) =>
    renumber(draft, (rows) => new Map(rows.map(({ id }, index) => [id, String(index)]))),
  ),
  ...plants('PRE008', 'ids follow the days', ['forecasting'], async (draft) => {
    const tables = [await draft.table(train), await draft.table(test)];
    const rows = tables.flatMap((table) =>
      table.rows.map((row) => [row[0] ?? '', row[position(table, 'date')] ?? ''] as const),
    );
    const ids = new Map(rows.sort((a, b) => (a[1] < b[1] ? -1 : 1)).map(([id], index) => [id, String(index)]));
    await renumber(draft, () => ids);
  }),

  ...plants('PRE009', 'test rows have no answer', ['binary', 'image'], (draft) =>
    draft.editTable(answers, ({ rows }) => void rows.splice(0, 5)),
  ),
  ...plants('PRE009', 'the sample submission lacks a row', ['text'], (draft) =>
    draft.editTable(sample, ({ rows }) => void rows.pop()),
  ),
  ...plants('PRE009', 'answers of rows that are not asked', ['forecasting'], (draft) =>
    draft.editTable(answers, ({ rows }) => void rows.push(['77777', '1.5'])),
  ),
  ...plants('PRE009', 'ids lost their leading zeros in one file', ['ordinal'], async (draft) => {
    for (const file of [train, test, sample])
      await draft.editTable(file, (table) => setColumn(table, 'id', (row) => (row[0] ?? '').padStart(6, '0')));
  }),

  ...plants('PRE011', 'the test part has 49 rows', ['binary', 'audio', 'forecasting'], (draft) =>
    keepTestRows(draft, (_, index) => index < 49),
  ),
  ...plants('PRE011', 'the test part has 120 rows', ['text'], (draft) =>
    keepTestRows(draft, (_, index) => index < 120),
  ),

  ...plants('PRE012', 'a class of a macro metric has three test rows', ['multiclass', 'text'], async (draft) => {
    const table = await draft.table(answers);
    const [rare = ''] = [...new Set(values(table, await targetOf(draft)))].sort();
    const left = table.rows
      .filter((row) => row[1] === rare)
      .map(([id]) => id ?? '')
      .slice(0, 3);
    const others = new Set(table.rows.filter((row) => row[1] !== rare).map(([id]) => id ?? ''));
    await keepTestRows(draft, (id) => others.has(id) || left.includes(id));
  }),
  ...plants('PRE012', 'eight positives decide an AUC', ['binary'], async (draft) => {
    const table = await draft.table(answers);
    const positives = table.rows.filter((row) => row[1] === 'yes').map(([id]) => id ?? '');
    await keepTestRows(draft, (id) => !positives.slice(8).includes(id));
  }),

  ...plants('PRE013', 'another share is held out than declared', ['multiclass', 'relational'], (draft) =>
    draft.editManifest(({ split }) => void Object.assign(split, { test_fraction: 0.6 })),
  ),
  ...plants('PRE013', 'half of the test rows were left out later', ['text'], (draft) =>
    keepTestRows(draft, (_, index) => index % 2 === 0),
  ),
  ...plants('PRE013', 'the declared share is a percentage of something else', ['image'], (draft) =>
    draft.editManifest(({ split }) => void Object.assign(split, { test_fraction: 0.1 })),
  ),
];
