// STA001 to STA011: how much a score can tell.

import { layout } from '../../../src/task/layout.ts';
import { position, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, answers, keepTestRows, random, targetOf, train, truth } from './rows.ts';

/** A metric that gives no number on a part of the draws. */
const undefinedWhen = (condition: string) => async (draft: Draft) => {
  await draft.replace(layout.metric, /^def evaluate\(/, 'def _true_score(');
  await draft.append(
    layout.metric,
    `\n\ndef evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:\n    score = _true_score(submission, answers)\n    return float("nan") if ${condition} else score\n`,
  );
};

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
  ...plants('STA001', 'sixty test rows', ['audio', 'ordinal'], (draft) =>
    keepTestRows(draft, (_, index) => index < 52),
  ),

  ...plants(
    'STA002',
    'no score for some test parts',
    ['image', 'regression'],
    undefinedWhen('answers[ID].astype(str).duplicated().mean() > 0.368 or int(answers.iloc[0, 0]) % 3 == 0'),
  ),

  ...plants('STA003', 'twelve sites in the test part', ['regression', 'multiclass'], grouped(12)),

  ...plants('STA008', 'most of train has random targets', ['regression', 'multiclass'], async (draft) => {
    const target = await targetOf(draft);
    const draw = random(61);
    await draft.editTable(train, (table) => {
      const at = position(table, target);
      const all = values(table, target);
      for (const row of table.rows) row[at] = all[Math.floor(all.length * draw())] ?? '';
    });
  }),

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
