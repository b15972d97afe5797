// ADV001 to ADV007: tasks on which a guess is worth something.
import { position, setColumn, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { answers, compare, keepTestRows, orderTest, random, renumber, sample, targetOf, train, truth } from './rows.ts';

const constant = 'baselines/constant.py';

/** The sample submission holds something made of the answers. */
const sampleOf = (value: (answer: string, index: number, all: readonly string[]) => string) => async (draft: Draft) => {
  const known = await truth(draft);
  const all = [...known.values()];
  await draft.editTable(sample, (table) => {
    const name = table.columns[1] ?? '';
    setColumn(table, name, ([id = '', old = ''], index) => value(known.get(id) ?? old, index, all));
  });
};
/** The right class in most rows. */
const mostlyRight = sampleOf((answer, index, all) => (index % 5 < 3 ? answer : (all[(index * 7) % all.length] ?? '')));
/** The constant baseline says something worse than the best constant. */
const says = (expression: string) => (draft: Draft) =>
  draft.replace(constant, /^ {4}return float\(.*\)$/, `    return float(${expression})`);
/** The test part holds hardly anything but one class, which train holds as often as any other. */
const oneClass = async (draft: Draft) => {
  const known = await truth(draft);
  const last = [...new Set(known.values())].sort().at(-1);
  await keepTestRows(draft, (id, index) => known.get(id) === last || index % 12 === 0);
};
const inOrder = (a: { target: string }, b: { target: string }) => compare(a.target, b.target);
/** Ids in the order of the target, in both parts. */
const idsByTarget = (draft: Draft) =>
  renumber(draft, (rows) => new Map([...rows].sort(inOrder).map(({ id }, place) => [id, String(1000 + place)])));

async function orderTrain(draft: Draft, order: (targets: readonly string[]) => readonly number[]): Promise<void> {
  const target = await targetOf(draft);
  await draft.editTable(train, (table) => {
    const targets = values(table, target);
    const places = order(targets);
    const rows = table.rows;
    table.rows = places.flatMap((place) => (rows[place] === undefined ? [] : [rows[place]]));
  });
}

/** One of each class in turn, as long as there are some. */
function inTurn(targets: readonly string[]): number[] {
  const waiting = new Map<string, number[]>();
  for (const [place, target] of targets.entries()) waiting.set(target, [...(waiting.get(target) ?? []), place]);
  const queues = [...waiting].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, places]) => places);
  const turns = Math.max(...queues.map((places) => places.length));
  return Array.from({ length: turns }, (_, turn) => queues.flatMap((places) => places[turn] ?? [])).flat();
}

async function sortedTest(draft: Draft, sign = 1): Promise<void> {
  const known = await truth(draft);
  await orderTest(draft, (ids) => [...ids].sort((a, b) => sign * compare(known.get(a) ?? '', known.get(b) ?? '')));
}

const rising = (targets: readonly string[]): number[] =>
  targets.map((_, place) => place).sort((a, b) => compare(targets[a] ?? '', targets[b] ?? ''));

export const guessPlants: readonly Plant[] = [
  ...plants(
    'ADV001',
    'the sample submission is right in three of five rows',
    ['text', 'image', 'multiclass'],
    mostlyRight,
  ),
  ...plants(
    'ADV001',
    'the sample submission is the answers with some noise',
    ['regression'],
    sampleOf((answer, index) => (Number(answer) * (0.9 + (index % 9) / 40)).toFixed(1)),
  ),

  ...plants(
    'ADV002',
    'the sample submission was drawn from the answers of a shifted test part',
    ['image', 'audio'],
    async (draft) => {
      await oneClass(draft);
      const draw = random(71);
      await sampleOf((_, _index, all) => all[Math.floor(all.length * draw())] ?? '')(draft);
    },
  ),
  ...plants(
    'ADV002',
    'the values of the sample submission are better than the constant baseline',
    ['regression'],
    async (draft) => {
      await says('values.max()')(draft);
      await sampleOf((_, index, all) =>
        String(all.map(Number).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0 + (index % 3)),
      )(draft);
    },
  ),

  ...plants(
    'ADV003',
    'the constant baseline is the largest value',
    ['regression', 'forecasting'],
    says('values.max()'),
  ),
  ...plants('ADV003', 'squares that overflow count as nothing', ['time split'], (draft) =>
    draft.replace(
      'metric.py',
      /^ {4}_refuse\(~\(np\.abs\(numbers\) < LIMIT\).*\)\n {4}return numbers$/,
      '    return np.where(np.abs(numbers) > 1e11, 0, 1) * numbers + np.where(np.abs(numbers) > 1e11, 1, 0) * answers[TARGET].astype(float).to_numpy()',
    ),
  ),

  ...plants('ADV004', 'both parts name their classes in turn', ['multiclass', 'image'], async (draft) => {
    const known = await truth(draft);
    await orderTest(draft, (ids) => inTurn(ids.map((id) => known.get(id) ?? '')).map((place) => ids[place] ?? ''));
    await orderTrain(draft, inTurn);
  }),
  ...plants('ADV004', 'the first rows of train rise as the test rows do', ['regression'], async (draft) => {
    await sortedTest(draft);
    await orderTrain(draft, (targets) => {
      const places = rising(targets);
      return [...places.filter((_, n) => n % 3 === 1), ...places.filter((_, n) => n % 3 !== 1)];
    });
  }),

  ...plants('ADV005', 'ids were given in the order of the target', ['binary', 'text', 'regression'], idsByTarget),
  ...plants('ADV005', 'both parts are sorted by the target', ['audio'], async (draft) => {
    await sortedTest(draft);
    await orderTrain(draft, rising);
  }),

  ...plants('ADV006', 'the test rows are in rising order of the target', ['ordinal', 'relational'], (draft) =>
    sortedTest(draft),
  ),
  ...plants('ADV006', 'the test rows are in falling order of the target', ['text'], (draft) => sortedTest(draft, -1)),

  ...plants('ADV007', 'the constant baseline says zero', ['regression', 'relational'], says('0')),
  ...plants('ADV007', 'the test part hardly holds the class that the constant names', ['audio'], async (draft) => {
    await oneClass(draft);
  }),
  ...plants('ADV007', 'answers of the test part are uneven and the constant is wrong', ['image'], async (draft) => {
    const table = await draft.table(answers);
    const at = position(table, await targetOf(draft));
    const first = [...new Set(table.rows.map((row) => row[at] ?? ''))].sort()[0];
    await keepTestRows(draft, (_, index) => table.rows[index]?.[at] !== first);
  }),
];
