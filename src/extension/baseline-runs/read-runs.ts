// Runs of a task as they lie on the disk.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { baselineNames, layout } from '../../task/layout.ts';
import type { FileHashes } from '../../verify/cache/file-hashes.ts';
import { PackageFiles } from '../../verify/package/files.ts';
import { readRegularFile } from '../../verify/package/regular-file.ts';
import { runKey, runSchema, scriptOf } from '../../verify/runs/baselines.ts';
import { solverLimits } from '../../verify/runs/solver.ts';
import type { TaskState } from '../tasks/task-state.ts';
import type { RunFacts } from './run-text.ts';
import type { RunPlace } from './run-uris.ts';

const MAX_TEXT = 1_000_000;
/** A diff of more than this is no reading. */
const MAX_SUBMISSION = 20_000_000;

/** Names of the recorded runs of a task, sorted. */
export async function runNames(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, layout.runs), { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** What the document of a run tells. */
export async function runFacts({ folder, name }: RunPlace, task: TaskState, hashes: FileHashes): Promise<RunFacts> {
  const run = path.join(folder, layout.runs, name);
  const record = path.join(run, 'run.json');
  const known = runSchema.safeParse(safeJson(await textOf(record, MAX_TEXT)));
  const status = await stat(record).catch(() => null);
  const key = known.success ? await keyNow(folder, known.data.name, hashes) : null;
  const script = `${layout.baselines}/${name}.py`;
  const within = (file: string) => `${layout.runs}/${name}/${file}`;
  const files = [script, within('log.txt'), within('submission.csv'), within('run.json')];
  const present = await Promise.all(files.map((file) => stat(path.join(folder, file)).catch(() => null)));
  return {
    name,
    spec: task.spec,
    ladder: task.report?.ladder ?? [],
    current: known.success ? known.data.key === key : null,
    recorded: status === null ? '' : status.mtime.toISOString().slice(0, 16).replace('T', ' '),
    limits: solverLimits,
    script: await textOf(path.join(folder, script), MAX_TEXT),
    files: files.filter((_, index) => present[index]?.isFile()),
  };
}

/** The submission of a run; a sentence instead when it cannot be shown. */
export async function submissionText({ folder, name }: RunPlace): Promise<string> {
  const file = await readRegularFile(path.join(folder, layout.runs, name, 'submission.csv'), MAX_SUBMISSION);
  return file.kind === 'file' ? file.content.toString('utf8') : `The submission is not shown: ${file.reason}.\n`;
}

async function keyNow(folder: string, name: string, hashes: FileHashes): Promise<string | null> {
  const files = new PackageFiles(folder, hashes);
  const baseline = baselineNames.find((known) => known === name);
  return baseline !== undefined && (await files.list()).includes(scriptOf(baseline)) ? runKey(files, baseline) : null;
}

async function textOf(file: string, most: number): Promise<string> {
  const read = await readRegularFile(file, most);
  return read.kind === 'file' ? read.content.toString('utf8') : '';
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The schema refuses it like any other wrong shape.
  }
}
