// The layout of an MLE-Dojo competition: metric.py with a subclass of CompetitionMetrics, beside or below prepare.py.
import path from 'node:path';
import type { ForeignTask } from '../task/foreign.ts';
import type { Folder } from './folder.ts';
import { helperSources } from './helpers.ts';
import { boardDirection } from './leaderboard.ts';
import { subclassesIn } from './python-text.ts';
import type { Recognised } from './recognised.ts';

export const mleDojoSigns = 'MLE-Dojo: metric.py, there or in utils/, with a subclass of CompetitionMetrics';

const PLACES = ['', 'utils/'];
const DATA = ['data/', ''];

/** The task, or null when there is no such class. */
export async function recogniseMleDojo(folder: Folder, data: string | null): Promise<Recognised> {
  for (const place of PLACES) {
    const grader = `${place}metric.py`;
    const source = folder.files.includes(grader) ? await folder.text(grader) : null;
    // The suite takes the first of several subclasses by name.
    const [name] = source === null ? [] : subclassesIn(source, 'CompetitionMetrics').sort();
    if (source === null || name === undefined) continue;
    const there = (file: string): string | null => (folder.files.includes(file) ? file : null);
    const inData = (file: string): string | null => DATA.map((part) => there(`${part}${file}`)).find(Boolean) ?? null;
    const table = (file: string): string | null => {
      const found = inData(file);
      return found === null ? null : path.join(folder.path, found);
    };
    const boards = ['info/', 'data/private/', 'private/', ''].flatMap((part) =>
      ['public_leaderboard.csv', 'private_leaderboard.csv'].map((file) => `${part}${file}`),
    );
    const task: ForeignTask = {
      format: 'mle-dojo',
      folder: folder.path,
      id: path.basename(folder.path),
      grader,
      module: 'foreign_task.metric',
      interface: { kind: 'class', name, roles: [], invalid: 'InvalidSubmissionError', key: '' },
      helpers: await helperSources(folder.path, [source]),
      prepare: there(`${place}prepare.py`) ?? there('utils/prepare.py'),
      description:
        there('info/description.txt') ??
        inData('public/description.txt') ??
        there('description.txt') ??
        there('description.md'),
      boards: (await Promise.all(boards.map((file) => boardDirection(folder, file)))).filter((board) => board !== null),
      data: {
        answers: table('private/test_answer.csv'),
        sample: table('public/sample_submission.csv'),
        train: table('public/train.csv'),
        test: table('public/test.csv'),
      },
      raw: folder.files.some((file) => file.startsWith('raw/')) ? path.join(folder.path, 'raw') : data,
    };
    return { task };
  }
  return null;
}
