// Runs the baselines of a package and keeps each run in runs/<name>/, keyed by what it was run on.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { PythonRuntime } from '../../runtime/port.ts';
import { prettyJson } from '../../task/canonical-json.ts';
import { hashValue, sha256 } from '../../task/hashing.ts';
import { type BaselineName, baselineNames, layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { Rung } from '../contract.ts';
import type { PackageFiles } from '../package/files.ts';
import { hashPackageFiles } from '../package/hash.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { obstacle, writeInPackage } from '../package/write.ts';
import { type Grades, gradeFiles } from './grade.ts';
import { rungsOf } from './intervals.ts';
import { maxSubmissionBytes, runSolver } from './solver.ts';

/** Changes when the way of running changes, so that older runs are not taken for new ones. */
const RUN_FORMAT = 1;
const MAX_RUN_JSON = 1_000_000;
const MAX_LOG = 100_000;

export const runSchema = z.strictObject({
  name: z.string(),
  kind: z.literal('baseline'),
  /** Hash of the script and the public files that it saw. */
  key: z.string(),
  /** sha256 of submission.csv. */
  submission: z.string(),
});

export type BaselineRun =
  | {
      readonly name: BaselineName;
      readonly kind: 'run';
      readonly submission: string;
      readonly ms: number;
      readonly reused: boolean;
    }
  | {
      readonly name: BaselineName;
      readonly kind: 'failed';
      readonly reason: string;
      readonly line: number | null;
      readonly ms: number;
    };

export interface BaselineRequest {
  readonly files: PackageFiles;
  readonly runtime: PythonRuntime;
  readonly signal: AbortSignal;
  /** The baselines wanted; all that the package has when absent. */
  readonly names?: readonly BaselineName[];
  /** Take runs that were recorded for the same script and data instead of running again. */
  readonly reuse: boolean;
  /** Told before a baseline runs; a host file that is returned receives what it prints while it runs. */
  readonly started?: (name: BaselineName) => string | undefined;
  readonly ended?: (run: BaselineRun) => Promise<void> | void;
}

/** Runs each baseline once with the public data alone and records it. Scores are not part of a run: see `gradeBaselines`. */
export async function runBaselines(request: BaselineRequest): Promise<BaselineRun[]> {
  const { files, runtime, signal, reuse } = request;
  const runs: BaselineRun[] = [];
  for (const name of await presentBaselines(files, request.names)) {
    const key = await runKey(files, name);
    const known = reuse ? await recordedSubmission(files.folder, name, key) : null;
    if (known !== null) {
      runs.push({ name, kind: 'run', submission: sha256(known), ms: 0, reused: true });
      continue;
    }
    const logFile = request.started?.(name);
    const solved = await runSolver(
      runtime,
      files.folder,
      scriptOf(name),
      signal,
      logFile === undefined ? {} : { logFile },
    );
    if (solved.kind === 'failed')
      runs.push({ name, kind: 'failed', reason: solved.reason, line: solved.line, ms: solved.ms });
    else {
      const submission = await record(files.folder, name, key, solved);
      runs.push({ name, kind: 'run', submission, ms: solved.ms, reused: false });
    }
    const run = runs.at(-1);
    if (run !== undefined) await request.ended?.(run);
  }
  return runs;
}

/** Grades the recorded submissions and puts the valid ones into a ladder. */
export async function gradeBaselines(
  request: BaselineRequest,
  runs: readonly BaselineRun[],
  manifest: TaskSpec,
): Promise<{ grades: Grades; ladder: Rung[] }> {
  const grades = await gradeRuns(request, runs, manifest);
  return { grades, ladder: ladderOf(runs, grades, manifest.metric.direction) };
}

/** Grades the recorded submissions of runs, by the name of the baseline. */
export function gradeRuns(
  { files, runtime, signal }: Pick<BaselineRequest, 'files' | 'runtime' | 'signal'>,
  runs: readonly BaselineRun[],
  manifest: TaskSpec,
): Promise<Grades> {
  const submissions = new Map(
    runs.flatMap((run) => (run.kind === 'run' ? [[run.name, submissionFile(files.folder, run.name)] as const] : [])),
  );
  return gradeFiles(runtime, files.folder, submissions, manifest.rows.test, signal);
}

/** The rungs of the valid submissions, worst baseline first. */
export function ladderOf(
  runs: readonly { readonly name: BaselineName }[],
  grades: Grades,
  direction: TaskSpec['metric']['direction'],
): Rung[] {
  const valid = runs.flatMap(({ name }) => {
    const grade = grades[name];
    return grade?.kind === 'valid' ? [[name, grade] as const] : [];
  });
  return rungsOf(direction, valid);
}

/** Records a run in `runs/<name>/` of the package. @throws ForgeError when that place is a link. */
export async function keepRun(
  files: PackageFiles,
  name: BaselineName,
  solved: { readonly content: Uint8Array; readonly log: string },
): Promise<void> {
  await record(files.folder, name, await runKey(files, name), solved);
}

/** Path of a baseline's script within the package. */
export function scriptOf(name: BaselineName): string {
  return `${layout.baselines}/${name}.py`;
}

/** The submission that was recorded for exactly this script and data; null when there is none. */
export async function recordedSubmission(folder: string, name: BaselineName, key: string): Promise<Buffer | null> {
  if ((await obstacle(folder, `${layout.runs}/${name}/run.json`)) !== null) return null;
  const json = await readRegularFile(path.join(folder, layout.runs, name, 'run.json'), MAX_RUN_JSON);
  if (json.kind !== 'file') return null;
  const run = runSchema.safeParse(parseJson(json.content.toString('utf8')));
  if (!run.success || run.data.key !== key) return null;
  const submission = await readRegularFile(submissionFile(folder, name), maxSubmissionBytes);
  return submission.kind === 'file' && sha256(submission.content) === run.data.submission ? submission.content : null;
}

/** Hash of all that decides a run: the script and the public files. */
export async function runKey(files: PackageFiles, name: BaselineName): Promise<string> {
  const hashes = [...(await hashPackageFiles(files))];
  const inputs = hashes.filter(([file]) => file === scriptOf(name) || file.startsWith(`${layout.publicData}/`));
  return hashValue({ format: RUN_FORMAT, inputs: Object.fromEntries(inputs) });
}

async function presentBaselines(files: PackageFiles, names?: readonly BaselineName[]): Promise<BaselineName[]> {
  const present: BaselineName[] = [];
  for (const name of baselineNames) {
    const script = await lstat(path.join(files.folder, scriptOf(name))).catch(() => null);
    if (script?.isFile() && (names === undefined || names.includes(name))) present.push(name);
  }
  return present;
}

async function record(
  folder: string,
  name: BaselineName,
  key: string,
  solved: { readonly content: Uint8Array; readonly log: string },
): Promise<string> {
  const run = `${layout.runs}/${name}`;
  const submission = sha256(solved.content);
  await writeInPackage(folder, `${run}/submission.csv`, solved.content);
  await writeInPackage(folder, `${run}/log.txt`, solved.log.slice(-MAX_LOG));
  await writeInPackage(folder, `${run}/run.json`, prettyJson({ name, kind: 'baseline', key, submission }));
  return submission;
}

/** Where the submission of a run is kept. */
export function submissionFile(folder: string, name: BaselineName): string {
  return path.join(folder, layout.runs, name, 'submission.csv');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
