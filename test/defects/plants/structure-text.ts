// STR015, STR017 to STR019 and STR023: tables as text, the description, the manifest against the headers.
import { layout } from '../../../src/task/layout.ts';
import { position } from '../csv-table.ts';
import { type Plant, plants } from '../plant.ts';
import { described } from './rows.ts';

const { train, test, answers, sampleSubmission } = layout;

export const structureTextPlants: readonly Plant[] = [
  ...plants('STR015', 'a row has a field too many', ['binary', 'audio'], (draft) =>
    draft.append(test, '99999,1,2,3,4,5,6,7,8,9\n'),
  ),
  ...plants('STR015', 'a table is in Latin-1', ['text'], async (draft) => {
    const text = (await draft.read(train)).replace(/,[a-z]/, ',\u00e9');
    await draft.write(train, Buffer.from(text, 'latin1'));
  }),
  ...plants('STR015', 'a byte-order mark', ['multiclass'], async (draft) =>
    draft.write(test, `\ufeff${await draft.read(test)}`),
  ),
  ...plants('STR015', 'line ends of Windows', ['ordinal'], async (draft) =>
    draft.write(answers, (await draft.read(answers)).replaceAll('\n', '\r\n')),
  ),
  ...plants('STR015', 'the index was written, too', ['regression'], (draft) =>
    draft.editTable(train, (table) => {
      table.columns.unshift('');
      table.rows = table.rows.map((row, index) => [String(index), ...row]);
    }),
  ),
  ...plants('STR015', 'a column stands there twice', ['relational'], (draft) =>
    draft.editTable(test, (table) => {
      table.columns.push(table.columns[1] ?? '');
      table.rows = table.rows.map((row) => [...row, row[1] ?? '']);
    }),
  ),
  ...plants('STR015', 'a NUL byte', ['forecasting'], async (draft) =>
    draft.write(train, (await draft.read(train)).replace(/\n(\d+),/, '\n$1\0,')),
  ),

  ...plants('STR017', 'a column is not described', ['binary', 'relational', 'forecasting'], async (draft) => {
    const { features, target } = await draft.manifest();
    const name = features.kept.find((column) => !column.includes(' ')) ?? target.columns[0] ?? '';
    await described(draft, (text) => text.replaceAll(name, 'it').replaceAll(name.replaceAll('_', '\\_'), 'it'));
  }),
  ...plants('STR017', 'the metric is not named', ['multiclass'], (draft) =>
    described(draft, (text) => text.replaceAll(/macro.f1/gi, 'the usual score')),
  ),
  ...plants('STR017', 'it is not said whether more is better', ['image'], (draft) =>
    described(draft, (text) => text.replace(/\b(higher|lower|larger|smaller|greater)\b/gi, 'other')),
  ),
  ...plants('STR017', 'a public file is not named', ['text'], (draft) =>
    described(draft, (text) => text.replaceAll('sample_submission.csv', 'the sample')),
  ),

  ...plants('STR018', 'the description tells where the answers are', ['binary', 'image'], (draft) =>
    described(draft, (text) => `${text}\nThe truth is in data/private/test_answer.csv.\n`),
  ),
  ...plants('STR018', 'the description tells how the data were made', ['forecasting'], (draft) =>
    described(draft, (text) => `${text}\nThe files were written by prepare.py with seed 0.\n`),
  ),
  ...plants('STR018', 'the description names the raw file', ['regression'], (draft) =>
    described(draft, (text) => `${text}\nAll rows come from flats.csv.\n`),
  ),

  ...plants('STR019', 'the manifest promises a column that is not there', ['binary', 'forecasting'], (draft) =>
    draft.editManifest(({ features }) => void features.kept.push('income')),
  ),
  ...plants('STR019', 'a feature is called otherwise in the tables', ['relational'], async (draft) => {
    for (const file of [train, test])
      await draft.editTable(file, ({ columns }) => void columns.splice(1, 1, 'feature 1'));
  }),
  ...plants('STR019', 'the id is not the first column', ['image'], (draft) =>
    draft.editTable(test, (table) => {
      table.columns.reverse();
      table.rows = table.rows.map((row) => [...row].reverse());
    }),
  ),
  ...plants('STR019', 'the answers hold another target', ['text'], (draft) =>
    draft.editTable(answers, (table) => void table.columns.splice(position(table, 'topic'), 1, 'subject')),
  ),
  ...plants('STR019', 'the sample asks for another column', ['ordinal'], (draft) =>
    draft.editTable(sampleSubmission, ({ columns }) => void columns.splice(1, 1, 'prediction')),
  ),

  ...plants('STR023', 'a suppression of a check that does not exist', ['audio', 'binary'], (draft) =>
    draft.editManifest((m) => {
      m.suppressions = [{ code: 'LEK099', reason: 'The hosts have agreed to this.' }];
    }),
  ),
  ...plants('STR023', 'a suppression that has outlived its finding', ['text'], (draft) =>
    draft.editManifest((m) => {
      m.suppressions = [{ code: 'STR009', reason: 'The path is one of the machine that grades.' }];
    }),
  ),
  ...plants('STR023', 'a suppression for another file than that of the finding', ['regression'], async (draft) => {
    await draft.append(layout.prepare, '\nBACKUP = "/home/alice/backup"\n');
    await draft.editManifest((m) => {
      m.suppressions = [{ code: 'STR009', file: 'metric.py', reason: 'The path is one of the machine that grades.' }];
    });
  }),
];
