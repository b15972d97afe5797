// One submission, one score: what the `grade` command and the editor show.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { ForgeError } from '../../task/errors.ts';
import { PackageFiles } from '../package/files.ts';
import { readManifest } from '../package/manifest.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { gradeFiles } from './grade.ts';
import { interval } from './intervals.ts';
import { maxSubmissionBytes } from './solver.ts';

export type Grade =
  | {
      readonly valid: true;
      readonly score: number;
      /** Bootstrap interval over the test rows. */
      readonly ci95: readonly [number, number];
      readonly direction: 'maximize' | 'minimize';
    }
  | { readonly valid: false; readonly error: string };

/**
 * Grades a CSV file against the private answers of a task. The file may be hostile: it is read as a regular file of a
 * bounded size, and only inside the sandbox is it parsed.
 * @throws ForgeError when the task cannot grade: no valid manifest, or a metric that fails by itself.
 */
export async function gradeSubmission(
  folder: string,
  csv: string,
  { runtime, signal }: { readonly runtime: PythonRuntime; readonly signal: AbortSignal },
): Promise<Grade> {
  const { manifest, problems } = await readManifest(new PackageFiles(path.resolve(folder)));
  if (manifest === null) {
    throw new ForgeError(
      'TASK_INVALID',
      `${folder} holds no valid task: ${problems[0]?.message ?? ''}`,
      'Give a task folder, or run `mle-forge verify` on it to see what is wrong.',
    );
  }
  const submission = await readRegularFile(csv, maxSubmissionBytes);
  if (submission.kind === 'refused')
    return { valid: false, error: `The submission cannot be read: ${submission.reason}.` };
  const copies = await makeWorkFolder('grade');
  try {
    const copy = path.join(copies, 'submission.csv');
    await writeFile(copy, submission.content);
    const grades = await gradeFiles(runtime, folder, new Map([['entry', copy]]), manifest.rows.test, signal);
    const grade = Object.values(grades)[0];
    if (grade?.kind === 'valid') {
      const { score, resampled } = grade;
      return { valid: true, score, ci95: interval(score, resampled), direction: manifest.metric.direction };
    }
    if (grade?.kind === 'invalid') return { valid: false, error: grade.message };
    throw new ForgeError(
      'METRIC_BROKEN',
      `metric.py of ${manifest.id} fails: ${grade?.message ?? 'it gave no result'}`,
      'This is a fault of the task, not of the submission; run `mle-forge verify` on it.',
    );
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}
