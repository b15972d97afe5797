// EXE001 to EXE008: the baselines and their ladder.
import { layout } from '../../../src/task/layout.ts';
import { position } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, random, sample, shuffled, targetOf, train, truth } from './rows.ts';

const solves = /^( {4}train, test = read\(public \/ "train\.csv"\), read\(public \/ "test\.csv"\))$/;
const kept = '    train, test = read(public / "train.csv"), read(public / "test.csv")';
const script = (name: string) => `baselines/${name}.py`;
const also =
  (name: string, ...lines: string[]) =>
  (draft: Draft) =>
    draft.replace(script(name), solves, [kept, ...lines.map((line) => `    ${line}`)].join('\n'));
/** One script under the name of another. */
const instead = (name: string, other: string) => async (draft: Draft) =>
  draft.write(script(name), await draft.read(script(other)));

export const executionPlants: readonly Plant[] = [
  ...plants(
    'EXE001',
    'a baseline reads a column that is not there',
    ['binary', 'text'],
    also('simple', 'train["income"].mean()'),
  ),
  ...plants('EXE001', 'a baseline writes nothing', ['image'], (draft) =>
    draft.replace(script('sample'), /^ {4}shutil\.copyfile.*$/, '    return'),
  ),
  ...plants(
    'EXE001',
    'a baseline reads the answers',
    ['regression'],
    also('strong', 'read(public.parent / "private" / "test_answer.csv")'),
  ),
  ...plants(
    'EXE001',
    'a baseline takes more memory than there is',
    ['ordinal'],
    also('constant', 'np = __import__("numpy")', 'everything = np.ones((60_000, 60_000))'),
  ),

  ...plants('EXE002', 'the prediction column has another name', ['text', 'regression'], (draft) =>
    draft.replace(script('constant'), 'ID: test[ID], TARGET:', 'ID: test[ID], "prediction":'),
  ),
  ...plants('EXE002', 'the last rows are left out', ['binary'], (draft) =>
    draft.replace(script('simple'), 'result.to_csv', 'result.iloc[:-3].to_csv'),
  ),
  ...plants('EXE002', 'a prediction out of range', ['binary'], (draft) =>
    draft.replace(
      script('constant'),
      /^ {4}result\.to_csv/,
      '    result[TARGET] = result[TARGET] + 1\n    result.to_csv',
    ),
  ),
  ...plants('EXE002', 'the grader fails on honest submissions', ['image'], (draft) =>
    draft.replace(layout.metric, 'return float(', 'return float(1 / (len(answers) - len(submission)) + '),
  ),

  ...plants('EXE003', 'trees without a seed', ['audio'], (draft) =>
    draft.replace(script('strong'), 'ExtraTreesClassifier(500, random_state=0)', 'ExtraTreesClassifier(20)'),
  ),
  ...plants('EXE003', 'noise from the global generator', ['regression', 'forecasting'], (draft) =>
    draft.replace(
      script('simple'),
      /^ {4}result\.to_csv/,
      '    result[TARGET] = result[TARGET] + 0.01 * np.random.rand(len(result))\n    result.to_csv',
    ),
  ),
  ...plants('EXE003', 'the order of the rows changes', ['text'], (draft) =>
    draft.replace(script('constant'), '    result.to_csv', '    result = result.sample(frac=1)\n    result.to_csv'),
  ),

  ...plants(
    'EXE004',
    'the sample submission was made of the answers',
    ['multiclass', 'forecasting', 'ordinal'],
    async (draft) => {
      const known = await truth(draft);
      const draw = random(41);
      await draft.editTable(sample, ({ rows }) => {
        for (const row of rows) if (draw() < 0.9) row[1] = known.get(row[0] ?? '') ?? '';
      });
    },
  ),
  ...plants('EXE004', 'the sample submission is that of a model', ['text'], instead('sample', 'simple')),

  ...plants('EXE005', 'the targets of train were dealt out anew', ['binary', 'image', 'forecasting'], async (draft) => {
    const target = await targetOf(draft);
    await draft.editTable(train, (table) => {
      const at = position(table, target);
      const mixed = shuffled(
        table.rows.map((row) => row[at] ?? ''),
        9,
      );
      for (const row of table.rows) row[at] = mixed.pop() ?? '';
    });
  }),
  ...plants('EXE005', 'the strong baseline is the constant one', ['regression', 'text'], instead('strong', 'constant')),

  ...plants('EXE006', 'the simple baseline is the constant one', ['ordinal', 'audio'], instead('simple', 'constant')),
  ...plants('EXE006', 'strong and simple are exchanged', ['image', 'ordinal'], async (draft) => {
    const [simple, strong] = [await draft.read(script('simple')), await draft.read(script('strong'))];
    await draft.write(script('simple'), strong);
    await draft.write(script('strong'), simple);
  }),

  ...plants('EXE007', 'a feature restates the target', ['binary', 'regression'], async (draft) => {
    const codes = new Map([
      ['yes', '1'],
      ['no', '0'],
    ]);
    await addFeature(draft, 'outcome', (target) => codes.get(target) ?? target);
    await draft.replace(script('simple'), /^NUMBERS = \[/, 'NUMBERS = ["outcome", ');
    await draft.replace(script('strong'), /^NUMBERS = \[/, 'NUMBERS = ["outcome", ');
  }),
  ...plants('EXE007', 'texts name their class', ['text'], async (draft) => {
    const known = await truth(draft);
    const target = await targetOf(draft);
    for (const file of [train, layout.test]) {
      await draft.editTable(file, (table) => {
        for (const row of table.rows) {
          const label = file === train ? row[position(table, target)] : known.get(row[0] ?? '');
          row[1] = `about${label} `.repeat(4) + row[1];
        }
      });
    }
  }),

  ...plants('EXE008', 'the declared scores are those of another run', ['binary', 'audio'], (draft) =>
    draft.editManifest(
      ({ difficulty }) =>
        void (
          difficulty !== null &&
          Object.assign(difficulty, {
            strong: difficulty.trivial + 0.98 * (difficulty.strong - difficulty.trivial) + 0.05,
          })
        ),
    ),
  ),
  ...plants('EXE008', 'a baseline was improved and its score was not recorded', ['image'], (draft) =>
    draft.replace(script('strong'), 'SVC(C=10)', 'SVC(C=0.01)'),
  ),
  ...plants('EXE008', 'trivial is declared as the score of the sample', ['forecasting'], (draft) =>
    draft.editManifest(
      ({ difficulty }) =>
        void (difficulty !== null && Object.assign(difficulty, { trivial: difficulty.trivial * 1.4 })),
    ),
  ),
];
