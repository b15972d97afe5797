// A plain folder: a Python file with a function that grades, and a file with the answers. Without answers it counts when
// the grader lies at its top: the answers may be kept elsewhere.
import path from 'node:path';
import type { ForeignTask, GraderRole } from '../task/foreign.ts';
import type { Folder } from './folder.ts';
import { helperSources } from './helpers.ts';
import { functionsIn } from './python-text.ts';
import type { Recognised } from './recognised.ts';
import { rolesOf } from './roles.ts';

export const plainSigns =
  'a plain folder: a .py file with one function such as grade(submission, answers), and an answers file such as answers.csv';

const GRADING = /^(?:grade|score|evaluate|metric|compute_score|calculate_score|get_score|eval_submission)/i;
const ANSWERS =
  /^(?:answers?|solution|test_answers?|ground_?truth|truth|labels|test_labels|y_test|gold|submission_test)$/i;
const SAMPLE = /^sample_?submission$|^submission_sample$|^example_submission$/i;
const DESCRIPTION = /^(?:description|readme|task)\.(?:md|txt)$/i;

/** The task; null when there is no grading function; a problem when more than one file could be meant. */
export async function recognisePlain(folder: Folder): Promise<Recognised> {
  const found: { file: string; source: string; name: string; roles: GraderRole[] }[] = [];
  const answers = folder.files.filter((file) => ANSWERS.test(stem(file)) && /\.(?:csv|jsonl)$/.test(file));
  const deep = answers.length > 0;
  for (const file of folder.files.filter((each) => each.endsWith('.py') && (deep || !each.includes('/')))) {
    const source = (await folder.text(file)) ?? '';
    const [first] = functionsIn(source)
      .filter(({ name }) => GRADING.test(name))
      .flatMap((declared) => {
        const roles = rolesOf(declared);
        return roles === null ? [] : [{ file, source, name: declared.name, roles }];
      });
    if (first !== undefined) found.push(first);
  }
  const [grader] = found;
  const [answer] = answers;
  if (grader === undefined) return null;
  if (found.length > 1)
    return ambiguous(
      'grading functions',
      found.map(({ file, name }) => `${name} in ${file}`),
    );
  if (answers.length > 1) return ambiguous('answers files', answers);
  const table = (name: RegExp): string | null => {
    const file = folder.files.find((each) => name.test(stem(each)) && each.endsWith('.csv'));
    return file === undefined ? null : path.join(folder.path, file);
  };
  const task: ForeignTask = {
    format: 'plain',
    folder: folder.path,
    id: path.basename(folder.path),
    grader: grader.file,
    module: `foreign_task.${stem(grader.file)}`,
    interface: {
      kind: 'function',
      name: grader.name,
      roles: grader.roles,
      invalid: refusalIn(grader.source),
      key: '',
    },
    helpers: await helperSources(folder.path, [grader.source]),
    prepare: folder.files.find((file) => path.posix.basename(file) === 'prepare.py') ?? null,
    description: folder.files.find((file) => DESCRIPTION.test(path.posix.basename(file))) ?? null,
    boards: [],
    data: {
      answers: answer === undefined ? null : path.join(folder.path, answer),
      sample: table(SAMPLE),
      train: table(/^train$/i),
      test: table(/^test$/i),
    },
    raw: folder.files.some((file) => file.startsWith('raw/')) ? path.join(folder.path, 'raw') : null,
  };
  return { task };
}

function stem(file: string): string {
  return path.posix.basename(file).replace(/\.[^.]+$/, '');
}

/** The exception of its own that a grader raises; ParticipantVisibleError is the one of Kaggle metrics. */
function refusalIn(source: string): string {
  return /\bParticipantVisibleError\b/.test(source) ? 'ParticipantVisibleError' : 'InvalidSubmissionError';
}

function ambiguous(what: string, names: readonly string[]): Recognised {
  return { problem: `It holds several ${what} (${names.slice(0, 5).join(', ')}); give a folder with one` };
}
