// STR001 to STR003, STR012 to STR014, STR016, STR020, STR021: files, manifest and hashes.
import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { layout } from '../../../src/task/layout.ts';
import { type Plant, plants } from '../plant.ts';

export const structureFilePlants: readonly Plant[] = [
  ...plants('STR001', 'no strong baseline', ['binary', 'audio'], (draft) => draft.remove('baselines/strong.py')),
  ...plants('STR001', 'no sample submission', ['image'], (draft) => draft.remove(layout.sampleSubmission)),
  ...plants('STR001', 'the answers are an empty file', ['forecasting'], (draft) => draft.write(layout.answers, '')),
  ...plants('STR001', 'no description', ['text'], (draft) => draft.remove(layout.description)),

  ...plants(
    'STR002',
    'task.json breaks off',
    ['binary'],
    async (draft) => {
      const text = await draft.read(layout.manifest);
      await draft.write(layout.manifest, text.slice(0, text.length / 2));
    },
    { stamped: false },
  ),
  ...plants('STR002', 'a direction that is none', ['multiclass'], (draft) =>
    draft.editManifest((m) => void Object.assign(m.metric, { direction: 'higher' })),
  ),
  ...plants('STR002', 'no seed', ['audio'], (draft) =>
    draft.editManifest((m) => void Reflect.deleteProperty(m, 'seed')),
  ),
  ...plants('STR002', 'an entry that nobody knows', ['relational'], (draft) =>
    draft.editManifest((m) => void Object.assign(m, { medals: { gold: 0.9 } })),
  ),
  ...plants('STR002', 'a test share above 1', ['forecasting'], (draft) =>
    draft.editManifest((m) => void Object.assign(m.split, { test_fraction: 20 })),
  ),

  ...plants('STR003', 'the id was changed and the folder was not', ['regression'], (draft) =>
    draft.editManifest((m) => void Object.assign(m, { id: `${m.id}-v2` })),
  ),
  ...plants('STR003', 'the folder was copied under another name', ['image'], (draft) =>
    draft.renameFolder('copy-of-the-task'),
  ),

  ...plants('STR012', 'a public file is a link to the answers', ['binary', 'text'], (draft) =>
    symlink('../private/test_answer.csv', draft.at('data/public/help.csv')),
  ),
  ...plants('STR012', 'the media folder holds a link out of the package', ['image'], (draft) =>
    symlink('/', draft.at('data/public/media/root')),
  ),
  ...plants('STR012', 'a named pipe', ['audio'], (draft) =>
    promisify(execFile)('mkfifo', [draft.at('data/private/queue')]),
  ),

  ...plants(
    'STR013',
    'a file of the desktop is left over',
    ['image', 'binary'],
    (draft) => draft.write('data/public/.DS_Store', 'Bud1'),
    { stamped: false },
  ),
  ...plants(
    'STR013',
    'a declared file is gone',
    ['audio'],
    async (draft) => {
      await draft.remove('README.md');
    },
    { stamped: false },
  ),
  ...plants(
    'STR013',
    'a folder of notes was added',
    ['forecasting'],
    async (draft) => {
      await mkdir(draft.at('notes'));
      await draft.write('notes/todo.txt', 'check the split');
    },
    { stamped: false },
  ),

  ...plants(
    'STR014',
    'the metric was edited after the build',
    ['binary'],
    (draft) => draft.append(layout.metric, '\n'),
    {
      stamped: false,
    },
  ),
  ...plants(
    'STR014',
    'one answer was corrected by hand',
    ['regression'],
    (draft) => draft.editTable(layout.answers, ({ rows }) => void (rows[3] ?? []).splice(1, 1, '999.5')),
    { stamped: false },
  ),
  ...plants(
    'STR014',
    'a media file was saved again',
    ['image'],
    async (draft) => {
      const { rows } = await draft.table(layout.test);
      await draft.python(`from PIL import Image; p = "data/public/${rows[0]?.[1]}"; Image.open(p).rotate(90).save(p)`);
    },
    { stamped: false },
  ),

  ...plants('STR016', 'a line hides a payload', ['binary', 'text'], (draft) =>
    draft.append(layout.prepare, `TABLE = "${'QUJD'.repeat(800)}"\n`),
  ),
  ...plants('STR016', 'a baseline of many thousand lines', ['audio'], (draft) =>
    draft.append('baselines/simple.py', Array.from({ length: 6000 }, (_, n) => `WEIGHT_${n} = ${n}.5`).join('\n')),
  ),

  ...plants('STR020', 'the direction is the wrong way round', ['multiclass', 'forecasting', 'ordinal'], (draft) =>
    draft.editManifest(({ metric }) => {
      metric.direction = metric.direction === 'maximize' ? 'minimize' : 'maximize';
    }),
  ),
  ...plants('STR020', 'the best score is given in percent', ['binary'], (draft) =>
    draft.editManifest(({ metric }) => void Object.assign(metric, { best: 100 })),
  ),
  ...plants('STR020', 'a metric of numbers for classes', ['image'], (draft) =>
    draft.editManifest(
      ({ metric }) => void Object.assign(metric, { name: 'rmse', direction: 'minimize', best: 0, worst: null }),
    ),
  ),
  ...plants('STR020', 'labels are asked where the metric scores probabilities', ['binary'], (draft) =>
    draft.editManifest(({ submission }) => void Object.assign(submission.columns[0] ?? {}, { dtype: 'label' })),
  ),

  ...plants('STR021', 'the public description is an older one', ['text', 'relational'], (draft) =>
    draft.replace(layout.publicDescription, /^## Rules[\s\S]*/, ''),
  ),
  ...plants('STR021', 'the description was corrected in one place only', ['audio'], (draft) =>
    draft.append(layout.description, '\nQuestions: ask the host.\n'),
  ),
];
