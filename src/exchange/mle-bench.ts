// The layout of an mle-bench competition: config.yaml names the grading function, the preparation and the data files.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ForeignTask } from '../task/foreign.ts';
import type { Folder } from './folder.ts';
import { helperSources } from './helpers.ts';
import { boardDirection } from './leaderboard.ts';
import { type Recognised, unreadable } from './recognised.ts';
import { readYaml } from './yaml.ts';

export const mleBenchSigns = 'mle-bench: config.yaml with grader.grade_fn ("module:function")';

const configSchema = z.object({
  id: z.string().min(1).max(200).optional(),
  description: z.string().max(500).optional(),
  dataset: z
    .object({ answers: z.string().max(500), sample_submission: z.string().max(500) })
    .partial()
    .optional(),
  grader: z.object({ grade_fn: z.string().regex(/^[\w.-]+:\w+$/, 'is written "module:function"') }),
  preparer: z
    .string()
    .regex(/^[\w.-]+:\w+$/, 'is written "module:function"')
    .optional(),
});

/** The task, null when there is no such configuration, or what is wrong with it. */
export async function recogniseMleBench(folder: Folder, data: string | null): Promise<Recognised> {
  const file = ['config.yaml', 'config.yml'].find((name) => folder.files.includes(name));
  const text = file === undefined ? null : await folder.text(file);
  if (file === undefined || text === null || !/^\s*grade_fn\s*:/m.test(text)) return null;
  const yaml = readYaml(text);
  if (yaml.problem !== null) return unreadable('mle-bench', file, yaml.problem);
  const config = configSchema.safeParse(yaml.value);
  if (!config.success) {
    const [issue] = config.error.issues;
    return unreadable('mle-bench', file, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { id, description, dataset, grader, preparer } = config.data;
  const [module = '', name = ''] = grader.grade_fn.split(':');
  const code = fileOf(module);
  const source = await folder.text(code);
  if (source === null) return unreadable('mle-bench', file, `grader.grade_fn names ${code}, which is not there`);
  const roots = [folder.path, ...(data === null ? [] : [data])];
  const prepare = preparer === undefined ? 'prepare.py' : fileOf(preparer.split(':')[0] ?? '');
  const described = path.posix.basename(description ?? 'description.md');
  const boards = [await boardDirection(folder, 'leaderboard.csv')];
  const task: ForeignTask = {
    format: 'mle-bench',
    folder: folder.path,
    id: id ?? path.basename(folder.path),
    grader: code,
    module,
    interface: {
      kind: 'function',
      name,
      roles: ['submission', 'answers'], // the suite gives them by position
      invalid: 'InvalidSubmissionError',
      key: '',
    },
    helpers: await helperSources(folder.path, await sourcesBeside(folder)),
    prepare: folder.files.includes(prepare) ? prepare : null,
    description: folder.files.includes(described) ? described : null,
    boards: boards.filter((board) => board !== null),
    data: {
      answers: await within(roots, dataset?.answers),
      sample: await within(roots, dataset?.sample_submission),
      train: await within(roots, 'id/prepared/public/train.csv'),
      test: await within(roots, 'id/prepared/public/test.csv'),
    },
    raw: await firstThere(roots.map((root) => path.join(root, 'raw'))),
  };
  return { task };
}

function fileOf(module: string): string {
  return `${module.split('.').at(-1) ?? ''}.py`;
}

async function sourcesBeside(folder: Folder): Promise<string[]> {
  const files = folder.files.filter((file) => file.endsWith('.py') && !file.includes('/'));
  return (await Promise.all(files.map((file) => folder.text(file)))).filter((text) => text !== null);
}

/** A data path of the configuration starts with the id of the competition, below the folder of all data. */
async function within(roots: readonly string[], file: string | undefined): Promise<string | null> {
  if (file === undefined) return null;
  const parts = path.posix.normalize(file).split('/');
  if (parts.includes('..') || path.posix.isAbsolute(file)) return null;
  const candidates = [parts.slice(1), parts].flatMap((rest) => roots.map((root) => path.join(root, ...rest)));
  return firstThere(candidates);
}

async function firstThere(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) if ((await stat(candidate).catch(() => null)) !== null) return candidate;
  return null;
}
