// REV001 to REV014: what a task says, against what is so.

import { values } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, described, random, test, truth } from './rows.ts';

const adds = (text: string) => (draft: Draft) => described(draft, (old) => `${old}\n${text}\n`);
const swaps = (from: string | RegExp, to: string) => (draft: Draft) =>
  described(draft, (old) => old.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'gim'), () => to));

export const reviewPlants: readonly Plant[] = [
  ...plants(
    'REV001',
    'a file of an earlier version is named',
    ['binary', 'image'],
    adds('Further measures are in `extra_features.csv`.'),
  ),
  ...plants('REV001', 'a notebook helper that nobody gets', ['forecasting'], adds('Load the data with `helpers.py`.')),

  ...plants('REV002', 'the metric is only named', ['multiclass', 'regression'], (draft) =>
    described(draft, (old) =>
      old
        .replace(
          /^## Evaluation[\s\S]*?^## Submission/m,
          '## Evaluation\n\nThe usual one, higher or lower as always.\n\n## Submission',
        )
        .replaceAll(/\$\$[\s\S]*?\$\$/g, ''),
    ),
  ),

  ...plants('REV003', 'there is no example of a submission', ['binary', 'forecasting'], swaps(/```csv[\s\S]*?```/, '')),
  ...plants('REV003', 'the example has another column', ['text'], swaps(/```csv\nid,topic/, '```csv\nid,label')),

  ...plants('REV004', 'a class is not listed', ['multiclass', 'image'], (draft) =>
    described(draft, (old) => old.replaceAll(/\b(elm|square)\b/g, 'another')),
  ),

  ...plants(
    'REV005',
    'the table of columns gives another range',
    ['binary', 'regression'],
    swaps(/(; |, )?-?[\d.]+ to -?[\d.]+/, '; 900001 to 900002'),
  ),
  ...plants('REV005', 'the table names a column that is not there', ['multiclass'], (draft) =>
    described(draft, (old) =>
      old.replace(/^\| `id` .*$/m, (line) => `${line}\n| \`altitude\` | number | train, test | Altitude in metres. |`),
    ),
  ),

  ...plants('REV006', 'a placeholder of the template', ['text', 'audio'], adds('Contact: {{host_email}}.')),
  ...plants('REV006', 'a section that was to be written', ['binary'], adds('## Timeline\n\nTBD')),

  ...plants(
    'REV007',
    'the seed of the split is told',
    ['image', 'regression'],
    adds('The split was made with seed 42.'),
  ),
  ...plants('REV007', 'the code of the split is told', ['multiclass'], adds('We called train_test_split on all rows.')),

  ...plants('REV008', 'the answers of six rows are examples', ['text', 'forecasting'], async (draft) => {
    const known = await truth(draft);
    const often = (id: string) => [...known.values()].filter((answer) => answer === known.get(id)).length;
    const ids = values(await draft.table(test), 'id').sort((a, b) => often(a) - often(b));
    await adds(
      ids
        .slice(0, 6)
        .map((id) => `${id},${known.get(id)}`)
        .join('\n'),
    )(draft);
  }),

  ...plants('REV009', 'accuracy with one class in four of five rows', ['image', 'audio'], async (draft) => {
    await draft.editTable('data/public/train.csv', (table) => {
      const at = table.columns.indexOf('label');
      const first = table.rows[0]?.[at] ?? '';
      for (const [index, row] of table.rows.entries()) if (index % 5 > 0) row[at] = first;
    });
  }),

  ...plants('REV010', 'the licence is unknown', ['binary', 'text'], (draft) =>
    draft.editManifest(({ dataset }) => void Object.assign(dataset, { licence: 'unknown' })),
  ),
  ...plants('REV010', 'the licence is a question mark', ['image'], (draft) =>
    draft.editManifest(({ dataset }) => void Object.assign(dataset, { licence: '?' })),
  ),

  ...plants('REV011', 'e-mail addresses of people', ['binary', 'relational'], (draft) => {
    const draw = random(51);
    return addFeature(draft, 'contact', () => `anna.${Math.floor(9999 * draw())}@mail.example.org`);
  }),
  ...plants('REV011', 'telephone numbers', ['multiclass'], (draft) => {
    const draw = random(52);
    return addFeature(draft, 'phone', () => `+43 660 ${Math.floor(1_000_000 + 8_999_999 * draw())}`);
  }),

  ...plants('REV012', 'the title asks for the religion of people', ['binary'], (draft) =>
    draft.editManifest((m) => void Object.assign(m, { title: 'Predict the religion of a person' })),
  ),
  ...plants('REV012', 'the title asks for ethnicity', ['text'], (draft) =>
    draft.editManifest((m) => void Object.assign(m, { title: 'Guess the ethnicity of an author' })),
  ),

  ...plants('REV013', 'the text has the direction the wrong way round', ['regression', 'binary'], (draft) =>
    described(draft, (old) =>
      old
        .replaceAll(/\b(Higher|Lower) is better/g, (text) =>
          text.startsWith('H') ? 'Lower is better' : 'Higher is better',
        )
        .replaceAll(/\bmaximi[sz]ed?\b|\bminimi[sz]ed?\b/gi, 'reported'),
    ),
  ),
  ...plants('REV013', 'the summary names another metric', ['image', 'forecasting'], (draft) =>
    draft.editManifest((m) => void Object.assign(m, { summary: 'Predict it from the data; scored by ROC AUC.' })),
  ),

  ...plants('REV014', 'a text of one sentence', ['binary', 'audio'], (draft) =>
    described(draft, () => '# Predict it\n\nThe metric is the usual one.\n'),
  ),
];
