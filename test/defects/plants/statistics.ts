// STA001 to STA011: how much a score can tell.

import { layout } from '../../../src/task/layout.ts';
import { position, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, answers, keepTestRows, random, targetOf, train, truth } from './rows.ts';

/** A metric that gives no number where some row is not drawn. */
const undefinedWithout = (row: (truth: ReadonlyMap<string, string>) => string) => async (draft: Draft) => {
  const needed = row(await truth(draft));
  await draft.replace(layout.metric, /^def evaluate\(/, 'def _true_score(');
  await draft.append(
    layout.metric,
    [
      '',
      '',
      'def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:',
      '    score = _true_score(submission, answers)',
      `    known = (answers[TARGET].astype(str) == ${JSON.stringify(needed)}).any()`,
      '    return score if known else float("nan")',
      '',
    ].join('\n'),
  );
};
const rarest = (known: ReadonlyMap<string, string>): string => {
  const counts = new Map<string, number>();
  for (const answer of known.values()) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].sort((a, b) => a[1] - b[1])[0]?.[0] ?? '';
};
const largest = (known: ReadonlyMap<string, string>): string =>
  [...known.values()].sort((a, b) => Number(b) - Number(a))[0] ?? '';

/** The simple baseline learns from so many rows of the beginning; a Python expression. */
const looksAt = (rows: string) => (draft: Draft) =>
  draft.replace(
    'baselines/simple.py',
    'train, test = read(public / "train.csv")',
    `train, test = read(public / "train.csv").head(${rows})`,
  );

/** A share of the train rows gets the answer of another one. */
async function dealt(draft: Draft, share: number): Promise<void> {
  const target = await targetOf(draft);
  const draw = random(61);
  await draft.editTable(train, (table) => {
    const at = position(table, target);
    const all = values(table, target);
    for (const row of table.rows) if (draw() < share) row[at] = all[Math.floor(all.length * draw())] ?? '';
  });
}

/** Every row belongs to one of a few groups, which stay together. */
const grouped = (count: number) => async (draft: Draft) => {
  const known = await truth(draft);
  const sorted = [...known].sort((a, b) => Number(a[1]) - Number(b[1]) || (a[1] < b[1] ? -1 : 1)).map(([id]) => id);
  const place = new Map(sorted.map((id, index) => [id, Math.floor((index * count) / sorted.length)]));
  await addFeature(draft, 'site', (_, row, index, part) =>
    part === 'test' ? `t${place.get(row[0] ?? '')}` : `s${index % 40}`,
  );
  await draft.editManifest(({ split }) => void Object.assign(split, { kind: 'group', by: ['site'] }));
};

/** The answers of a few test rows become enormous. */
const outliers = (factor: number) => (draft: Draft) =>
  draft.editTable(answers, ({ rows }) => {
    for (const row of rows.slice(0, 2)) row[1] = String(Number(row[1]) * factor);
  });

export const statisticsPlants: readonly Plant[] = [
  ...plants('STA001', 'twelve test rows', ['ordinal'], (draft) => keepTestRows(draft, (_, index) => index < 12)),
  ...plants('STA001', 'most answers of train are dealt out anew', ['regression'], (draft) => dealt(draft, 0.9)),

  ...plants('STA002', 'no score without the rarest class', ['multiclass', 'image'], async (draft) => {
    const known = await truth(draft);
    const rare = rarest(known);
    let seen = 0;
    await keepTestRows(draft, (id) => known.get(id) !== rare || ++seen <= 2);
    await undefinedWithout(() => rare)(draft);
  }),
  ...plants('STA002', 'no score without the largest answer', ['regression', 'time split'], undefinedWithout(largest)),

  ...plants('STA003', 'twelve sites in the test part', ['regression', 'multiclass'], grouped(12)),

  ...plants('STA008', 'the simple baseline looks at the first eighty rows only', ['binary'], looksAt('80')),
  ...plants(
    'STA008',
    'the simple baseline takes the fewer rows the more there are',
    ['regression', 'multiclass'],
    looksAt('20_000 // len(read(public / "train.csv"))'),
  ),
  ...plants('STA008', 'a measure holds the answer', ['binary'], (draft) =>
    addFeature(draft, 'pressure', (target) => (target === 'yes' ? '150' : '110')),
  ),

  ...plants('STA010', 'two answers are a thousand times too large', ['regression', 'time split'], outliers(1000)),
  ...plants('STA010', 'two answers lost their decimal point', ['regression'], outliers(100)),

  ...plants('STA011', 'the test part lost most rows of a class', ['multiclass', 'image', 'text'], async (draft) => {
    const known = await truth(draft);
    const [first = ''] = [...new Set(known.values())].sort();
    const draw = random(62);
    await keepTestRows(draft, (id) => known.get(id) !== first || draw() < 0.25);
  }),
  ...plants('STA011', 'the test part holds the dear ones', ['regression'], async (draft) => {
    const known = await truth(draft);
    const draw = random(63);
    const middle = [...known.values()].map(Number).sort((a, b) => a - b)[Math.floor(known.size / 2)] ?? 0;
    await keepTestRows(draft, (id) => Number(known.get(id)) > middle || draw() < 0.3);
  }),
];
