// Trains the simple baseline on parts of train.csv and grades what it predicts.
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { measured, remembered } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { scriptOf } from '../runs/baselines.ts';
import { gradeFiles, validSchema } from '../runs/grade.ts';
import { runSolver } from '../runs/solver.ts';

/** Percent of the train rows, least first. */
export const trainParts = [10, 30] as const;
/** A tenth of fewer rows is no training set. */
const MIN_TRAIN_ROWS = 1_000;
/** Above these a fit takes minutes rather than seconds. */
const MAX_PUBLIC_BYTES = 50_000_000;
const MAX_CELLS = 2_000_000;
const MAX_FILES = 5_000;
const SEED = 1;

const subsetSchema = z.strictObject({ rows: z.record(z.string(), z.int()) });

const partSchema = z.strictObject({ percent: z.int(), rows: z.int(), grade: validSchema });
export type TrainPart = z.infer<typeof partSchema>;
/** A text says why there are no parts. */
const partsSchema = z.union([z.array(partSchema), z.string()]);
type Parts = z.infer<typeof partsSchema>;

/** Why the simple baseline is not trained on parts of this task, or null when it is. */
export async function partsRefused(context: CheckContext, manifest: TaskSpec): Promise<string | null> {
  if (manifest.objective === 'forecasting') return 'the history of a series is not drawn row by row';
  if (manifest.rows.train < MIN_TRAIN_ROWS) return `a tenth of ${manifest.rows.train} train rows is no training set`;
  if (manifest.rows.train * manifest.features.kept.length > MAX_CELLS) return 'train.csv is too large to train again';
  const files = (await context.files.list()).filter((file) => file.startsWith(`${layout.publicData}/`));
  if (files.length > MAX_FILES) return 'the public folder has too many files to copy';
  let bytes = 0;
  for (const file of files) bytes += (await lstat(path.join(context.folder, file))).size;
  return bytes > MAX_PUBLIC_BYTES ? 'the public folder is too large to copy' : null;
}

/** The scores of the simple baseline by part, on the draws of the grading; a text says why there are none. */
export function scoreParts(context: CheckContext, manifest: TaskSpec): Promise<Parts> {
  const measurement = {
    name: 'statistics.parts 2',
    inputs: {
      files: [scriptOf('simple'), `${layout.publicData}/**`, layout.metric, layout.answers],
      manifest: ['submission', 'target', 'objective', 'split', 'rows'] as const,
    },
    schema: partsSchema,
    // A failure may have been a limit.
    lasting: (parts: Parts) => typeof parts !== 'string',
  };
  return remembered(context, measurement, () => trainAndGrade(context, manifest));
}

/** By percent; what a part has no submission for has a text in its place. */
const submissionsSchema = z.union([
  z.record(z.string(), z.strictObject({ rows: z.int(), csv: z.string() })),
  z.string(),
]);
type Submissions = z.infer<typeof submissionsSchema>;

async function trainAndGrade(context: CheckContext, manifest: TaskSpec): Promise<Parts> {
  const { runtime, folder, signal } = context;
  // Another metric.py needs no other training.
  const measurement = {
    name: 'statistics.submissions 1',
    inputs: { files: [scriptOf('simple'), `${layout.publicData}/**`], manifest: ['target', 'submission'] as const },
    schema: submissionsSchema,
    lasting: (submissions: Submissions) => typeof submissions !== 'string',
  };
  const submissions = await remembered(context, measurement, () => train(context));
  if (typeof submissions === 'string') return submissions;
  const work = await makeWorkFolder('parts');
  try {
    const files = new Map<string, string>();
    for (const [percent, { csv }] of Object.entries(submissions)) {
      files.set(`part_${percent}`, path.join(work, `${percent}.csv`));
      await writeFile(path.join(work, `${percent}.csv`), Buffer.from(csv, 'base64'));
    }
    const grades = await gradeFiles(runtime, folder, files, manifest.rows.test, signal);
    const parts: TrainPart[] = [];
    for (const percent of trainParts) {
      const grade = grades[`part_${percent}`];
      if (grade?.kind !== 'valid') return `its submission from ${percent} % is not valid`;
      parts.push({ percent, rows: submissions[percent]?.rows ?? 0, grade });
    }
    return parts;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function train(context: CheckContext): Promise<Submissions> {
  const { runtime, folder, signal } = context;
  const work = await makeWorkFolder('parts');
  try {
    const publicParts = path.join(work, 'public');
    await mkdir(publicParts);
    const { rows } = await measured(context, {
      name: 'execute.subset',
      args: { percents: [...trainParts], seed: SEED },
      result: subsetSchema,
      mounts: [
        { name: 'package', host: folder, access: 'read' },
        { name: 'work', host: publicParts, access: 'write' },
      ],
    });
    const submissions: Exclude<Submissions, string> = {};
    for (const percent of trainParts) {
      const part = path.join(publicParts, String(percent));
      const solved = await runSolver(runtime, folder, scriptOf('simple'), signal, { publicData: part });
      if (solved.kind === 'failed') return `the simple baseline does not train on ${percent} %: ${solved.reason}`;
      submissions[percent] = { rows: rows[percent] ?? 0, csv: Buffer.from(solved.content).toString('base64') };
    }
    return submissions;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
