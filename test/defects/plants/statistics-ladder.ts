// STA004 to STA007 and STA009: ladders that the test part cannot carry, and rows that decide too much.
import { layout } from '../../../src/task/layout.ts';
import { setColumn, values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { keepTestRows, targetOf, train, truth } from './rows.ts';

const script = (name: string) => `baselines/${name}.py`;

/** What a baseline of the package predicts, by id. */
async function predictions(draft: Draft, name: string): Promise<Map<string, string>> {
  const file = 'predicted.csv';
  await draft.python(
    `import sys, runpy; from pathlib import Path; runpy.run_path("${script(name)}")["solve"](Path("data/public"), Path("${file}"))`,
  );
  const { rows } = await draft.table(file);
  await draft.remove(file);
  return new Map(rows.map(([id = '', value = '']) => [id, value]));
}

/** A baseline that knows its predictions by heart. */
async function learntByHeart(draft: Draft, name: string, predicted: ReadonlyMap<string, string>): Promise<void> {
  const column = (await draft.manifest()).submission.columns[0]?.name ?? '';
  const lines = [...predicted].map(([id, value]) => `${id},${value}`);
  await draft.write(
    script(name),
    [
      '"""Predictions of an earlier run."""',
      '',
      'import sys',
      'from pathlib import Path',
      '',
      `PREDICTIONS = """id,${column}`,
      ...lines,
      '"""',
      '',
      '',
      'def solve(public: Path, submission: Path) -> None:',
      '    """Writes what was predicted before."""',
      '    submission.write_text(PREDICTIONS, encoding="utf-8")',
      '',
      '',
      'if __name__ == "__main__":',
      '    solve(Path(sys.argv[1]), Path(sys.argv[2]))',
      '',
    ].join('\n'),
  );
}

/** One baseline becomes another with some rows more right: the first `count` that are wrong, by class or by distance. */
const betterBy = (name: string, than: string, count: number) => async (draft: Draft) => {
  const known = await truth(draft);
  const predicted = await predictions(draft, than);
  const distance = (id: string) => Math.abs(Number(predicted.get(id)) - Number(known.get(id)));
  const wrong = [...predicted.keys()].filter((id) => predicted.get(id) !== known.get(id));
  const numeric = wrong.some((id) => !Number.isNaN(distance(id)));
  // Rows of like errors in the middle, so that each adds the same to the gain.
  const sorted = numeric ? wrong.sort((a, b) => distance(a) - distance(b)) : wrong;
  const start = numeric ? Math.floor(sorted.length / 2) : 0;
  const chosen = new Set(sorted.slice(start, start + count));
  await learntByHeart(
    draft,
    name,
    new Map([...predicted].map(([id, value]) => [id, (chosen.has(id) ? known.get(id) : value) ?? ''])),
  );
};

/** The strong baseline is right but for some rows. */
const almostSolved = (count: number) => async (draft: Draft) => {
  const known = [...(await truth(draft))];
  const others = [...new Set(known.map(([, answer]) => answer))].sort();
  const predicted = known.map(([id, answer], index): [string, string] => {
    if (index >= 2 * count || index % 2 === 1) return [id, answer];
    const number = Number(answer);
    return [id, Number.isNaN(number) ? (others.find((other) => other !== answer) ?? '') : String(number + 40)];
  });
  await learntByHeart(draft, 'strong', new Map(predicted));
};

/** A baseline is right in one half of the time and far off in the other. */
const halfRight = (name: string, early: boolean) => async (draft: Draft) => {
  const known = await truth(draft);
  const table = await draft.table(layout.test);
  const dates = values(table, 'date');
  const middle = [...dates].sort()[Math.floor(dates.length / 2)] ?? '';
  const answers = [...known.values()].map(Number);
  const mean = answers.reduce((sum, value) => sum + value, 0) / answers.length;
  const spread = Math.sqrt(answers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / answers.length);
  const predicted = table.rows.map(([id = ''], index): [string, string] => {
    const right = (dates[index] ?? '') < middle === early;
    const answer = Number(known.get(id));
    return [id, String(right ? answer : mean + 1.15 * (answer > mean ? -spread : spread))];
  });
  await learntByHeart(draft, name, new Map(predicted));
};

/** Most test rows get the features of the first one. */
const sameFeatures = (share: number) => async (draft: Draft) => {
  const { features } = await draft.manifest();
  await draft.editTable(layout.test, (table) => {
    const count = Math.round(share * table.rows.length);
    for (const name of features.kept.filter((column) => table.columns.includes(column))) {
      const all = values(table, name);
      setColumn(table, name, (_, index) => all[index < count ? 0 : index] ?? '');
    }
  });
};

/** Few test rows of one class are left, and the strong baseline knows every second of them and most of the others. */
const fewOf = (label: string, count: number) => async (draft: Draft) => {
  const all = await truth(draft);
  let seen = 0;
  await keepTestRows(draft, (id) => all.get(id) !== label || ++seen <= count);
  const known = [...(await truth(draft))];
  const other = known.find(([, answer]) => answer !== label)?.[1] ?? '';
  let met = 0;
  const predicted = known.map(([id, answer], index): [string, string] => {
    const wrong = answer === label ? ++met % 2 === 0 : index % 20 === 0;
    return [id, wrong ? other : answer];
  });
  await learntByHeart(draft, 'strong', new Map(predicted));
};

export const ladderPlants: readonly Plant[] = [
  ...plants(
    'STA004',
    'strong is right in six rows more than simple',
    ['image', 'audio'],
    betterBy('strong', 'simple', 6),
  ),
  ...plants(
    'STA004',
    'strong is better than simple by six like errors',
    ['relational'],
    betterBy('strong', 'simple', 6),
  ),

  ...plants('STA005', 'strong is wrong in eight rows only', ['image', 'text', 'audio'], almostSolved(8)),
  ...plants('STA005', 'strong is forty off in eight rows only', ['relational'], almostSolved(8)),

  ...plants(
    'STA006',
    'simple is right in the earlier half and wrong in the later',
    ['forecasting'],
    halfRight('simple', true),
  ),
  ...plants(
    'STA006',
    'simple is right in the later half and wrong in the earlier',
    ['time split'],
    halfRight('simple', false),
  ),
  ...plants(
    'STA006',
    'simple is right in six rows more than a constant',
    ['image', 'audio'],
    betterBy('simple', 'constant', 6),
  ),

  ...plants(
    'STA007',
    'three of five test rows have the same measures and not the same answer',
    ['multiclass', 'regression'],
    sameFeatures(0.6),
  ),
  ...plants('STA007', 'three of five messages are the same', ['text'], sameFeatures(0.6)),
  ...plants(
    'STA007',
    'a class was renamed in every second row of train that agrees with test',
    ['ordinal'],
    async (draft) => {
      // Rows come twice, with the answer of another row: train shows both answers, and the test row has one.
      const target = await targetOf(draft);
      const known = await truth(draft);
      const test = await draft.table(layout.test);
      const names = test.columns.filter((column) => column !== 'id');
      await draft.editTable(train, (table) => {
        for (const [index, row] of table.rows.entries()) {
          const twin = test.rows[index % test.rows.length] ?? [];
          for (const name of names) row[table.columns.indexOf(name)] = twin[test.columns.indexOf(name)] ?? '';
          const answer = Number(known.get(twin[0] ?? ''));
          row[table.columns.indexOf(target)] = String(answer > 3 ? answer - 2 : answer + 2);
        }
      });
    },
  ),

  ...plants('STA009', 'twelve test rows of the rarest class', ['multiclass'], fewOf('elm', 12)),
  ...plants('STA009', 'fourteen test rows of the rarest topic', ['text'], fewOf('sea', 14)),
];
