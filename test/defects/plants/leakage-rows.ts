// LEK001 to LEK005: repeated rows, ids and order.
import { position } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { answers, compare, orderTest, random, renumber, shuffled, targetOf, test, train, truth } from './rows.ts';

/** Gives a share of the test rows the features of train rows; the answers follow unless told otherwise. */
const repeated =
  (share: number, spelt: (cell: string) => string = (cell) => cell, honest = true) =>
  async (draft: Draft) => {
    const known = await draft.table(train);
    const target = position(known, await targetOf(draft));
    const draw = random(5);
    const told = new Map<string, string>();
    await draft.editTable(test, (table) => {
      for (const row of table.rows.filter(() => draw() < share)) {
        const twin = known.rows[Math.floor(draw() * known.rows.length)] ?? [];
        for (const name of table.columns.slice(1))
          row[position(table, name)] = spelt(twin[position(known, name)] ?? '');
        told.set(row[0] ?? '', twin[target] ?? '');
      }
    });
    if (!honest) return;
    await draft.editTable(answers, ({ rows }) => {
      for (const row of rows) row[1] = told.get(row[0] ?? '') ?? row[1] ?? '';
    });
  };

/** Overwrites test media by train media of the same class, through a piece of Python that has `a` and `b`. */
const copiedMedia = (share: number, save: string) => (draft: Draft) =>
  draft.python(`
import random, shutil
import pandas as pd
train, test = (pd.read_csv(f"data/public/{p}.csv") for p in ("train", "test"))
truth = pd.read_csv("data/private/test_answer.csv").set_index("id")["label"]
draw = random.Random(3)
for row in test.itertuples():
    if draw.random() < ${share}:
        a = "data/public/" + draw.choice(train.loc[train["label"] == truth[row.id], "file"].tolist())
        b = "data/public/" + row.file
        ${save}
`);

/** Ids by a rule over all rows in a shuffled order, so that nothing but the rule orders them. */
const ids = (rule: (target: string, index: number) => string) => (draft: Draft) =>
  renumber(draft, (rows) => new Map(shuffled(rows, 3).map(({ id, target }, index) => [id, rule(target, index)])));

const sortedByTarget = async (draft: Draft) => {
  const known = await truth(draft);
  await orderTest(draft, (all) => [...all].sort((a, b) => compare(known.get(a) ?? '', known.get(b) ?? '')));
};

export const rowLeakPlants: readonly Plant[] = [
  ...plants(
    'LEK001',
    'one test row in ten repeats a train row',
    ['binary', 'multiclass', 'text', 'relational'],
    repeated(0.1),
  ),
  ...plants(
    'LEK001',
    'messages were sent twice, in other case and punctuation',
    ['text'],
    repeated(0.06, (cell) => `${cell.toUpperCase()} !!`),
  ),
  ...plants('LEK001', 'media files are in both parts', ['image', 'audio'], copiedMedia(0.12, 'shutil.copyfile(a, b)')),

  ...plants(
    'LEK002',
    'messages with one word exchanged',
    ['text'],
    repeated(0.15, (cell) => cell.replace(/^\S+/, 'also')),
  ),
  ...plants(
    'LEK002',
    'messages with a signature',
    ['text'],
    repeated(0.12, (cell) => `${cell} regards`),
  ),
  ...plants(
    'LEK002',
    'pictures that were saved again as lossy ones',
    ['image'],
    copiedMedia(
      0.15,
      `
        from PIL import Image
        import io
        buffer = io.BytesIO()
        Image.open(a).convert("L").save(buffer, "JPEG", quality=85)
        Image.open(buffer).save(b)`
        .trim()
        .replaceAll('\n        ', '\n        '),
    ),
  ),
  ...plants(
    'LEK002',
    'pictures that were made a little brighter',
    ['image'],
    copiedMedia(0.15, 'from PIL import Image; Image.open(a).point(lambda v: min(255, int(v * 1.06))).save(b)'),
  ),

  ...plants(
    'LEK003',
    'equal rows got another answer each',
    ['multiclass', 'binary'],
    repeated(0.3, (cell) => cell, false),
  ),
  ...plants('LEK003', 'messages were labelled twice, differently', ['text'], async (draft) => {
    const labels = [...new Set((await truth(draft)).values())].sort();
    await draft.editTable(train, (table) => {
      const at = position(table, 'topic');
      const half = Math.floor(table.rows.length / 10);
      for (const [index, row] of table.rows.slice(0, half).entries()) {
        const twin = table.rows[half + index] ?? [];
        twin.splice(1, twin.length - 1, ...row.slice(1));
        twin[at] = labels.find((label) => label !== row[at]) ?? '';
      }
    });
  }),

  ...plants('LEK004', 'rows were numbered class by class', ['multiclass', 'image'], (draft) =>
    renumber(
      draft,
      (rows) => new Map([...rows].sort((a, b) => compare(a.target, b.target)).map(({ id }, n) => [id, String(n)])),
    ),
  ),
  ...plants(
    'LEK004',
    'odd ids are the positives',
    ['binary'],
    ids((target, n) => String(2 * n + (target === 'yes' ? 1 : 0))),
  ),
  ...plants('LEK004', 'ids grow with the target', ['regression', 'relational'], (draft) =>
    renumber(
      draft,
      (rows) => new Map([...rows].sort((a, b) => compare(a.target, b.target)).map(({ id }, n) => [id, String(7 * n)])),
    ),
  ),
  ...plants(
    'LEK004',
    'ids begin with a letter of the class',
    ['text', 'audio'],
    ids((target, n) => `${target[0]}${10_000 + n}`),
  ),
  ...plants(
    'LEK004',
    'ids are longer for one class',
    ['binary'],
    ids((target, n) => `${target === 'yes' ? 'r' : 'rr'}${10_000 + n}`),
  ),

  ...plants(
    'LEK005',
    'test is sorted by its answers',
    ['multiclass', 'regression', 'image', 'ordinal'],
    sortedByTarget,
  ),
  ...plants('LEK005', 'test keeps the folders of the raw files', ['audio'], async (draft) => {
    const known = await truth(draft);
    const label = (id: string) => known.get(id) ?? '';
    const draw = random(8);
    // Blocks of 20 files of one class, as folders are read.
    await orderTest(draft, (all) => {
      const classes = [...new Set(all.map(label))];
      const blocks = classes.flatMap((name) => {
        const mine = all.filter((id) => label(id) === name);
        return Array.from({ length: Math.ceil(mine.length / 20) }, (_, n) => mine.slice(20 * n, 20 * n + 20));
      });
      return blocks.sort(() => draw() - 0.5).flat();
    });
  }),
  ...plants('LEK005', 'train is sorted by class', ['text'], async (draft) => {
    const target = await targetOf(draft);
    await draft.editTable(train, (table) => {
      const at = position(table, target);
      table.rows.sort((a, b) => compare(a[at] ?? '', b[at] ?? ''));
    });
  }),
  ...plants('LEK005', 'the answers are sorted', ['binary'], (draft) =>
    draft.editTable(answers, (table) => void table.rows.sort((a, b) => compare(a[1] ?? '', b[1] ?? ''))),
  ),
];
