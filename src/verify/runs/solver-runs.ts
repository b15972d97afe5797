// Runs of interactive solvers, kept beside the baselines in runs/solver-<model>/ of the task.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { prettyJson } from '../../task/canonical-json.ts';
import { hashValue, sha256 } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import type { PackageFiles } from '../package/files.ts';
import { hashPackageFiles } from '../package/hash.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { obstacle, writeInPackage } from '../package/write.ts';

/** Changes when the way of running or scoring changes, so that older runs are not taken for new ones. */
const RUN_FORMAT = 1;
const PREFIX = 'solver-';
const LONGEST_NAME = 60;
const MOST_BYTES = 1_000_000;
const MOST_LOG = 100_000;

const count = z.int().min(0);
const interval = z.tuple([z.number(), z.number()]);
const gainSchema = z.strictObject({ value: z.number(), ci95: interval });

export const solverRunSchema = z.strictObject({
  name: z.string(),
  kind: z.literal('solver'),
  /** Hash of the script, the public files, the grader and the answers. */
  key: z.string(),
  /** sha256 of submission.csv. */
  submission: z.string(),
  model: z.string(),
  actions: z.strictObject({ used: count, allowed: count }),
  /** What the solver scored itself on: a part of train, and how it was cut off. */
  practice: z.strictObject({ train: count, test: count, how: z.string() }),
  attempts: z.array(
    z.strictObject({
      number: count,
      outcome: z.enum(['scored', 'invalid', 'failed']),
      /** On the practice task; what the solver saw. */
      validation: z.number().nullable(),
      /** On the test part, measured after the work had ended; null where it was not run there. */
      test: z.number().nullable(),
    }),
  ),
  chosen: z.strictObject({ attempt: count, by: z.enum(['model', 'environment']) }),
  /** Why the work ended without a submission of the model; null when it submitted. */
  stopped: z.strictObject({ code: z.string(), reason: z.string() }).nullable(),
  score: z.number(),
  ci95: interval,
  /** Improvement over baselines in the metric's good direction, paired; null where a baseline has no score. */
  gains: z.strictObject({ constant: gainSchema.nullable(), strong: gainSchema.nullable() }),
  /** Whether the order of the attempts on the practice task is their order on the test part. */
  order: z.strictObject({ spearman: z.number().nullable(), n: count }),
});
export type SolverRun = z.infer<typeof solverRunSchema>;

/** Folder of the runs of a model below runs/. */
export function solverRunName(model: string): string {
  const slug = model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${PREFIX}${slug.slice(0, LONGEST_NAME) || 'model'}`;
}

/** Hash of all that decides the scores of a solver's script. */
export async function solverRunKey(files: PackageFiles, script: string): Promise<string> {
  const hashes = [...(await hashPackageFiles(files))].filter(
    ([file]) => file.startsWith(`${layout.publicData}/`) || file === layout.metric || file === layout.answers,
  );
  return hashValue({ format: RUN_FORMAT, script: sha256(script), inputs: Object.fromEntries(hashes) });
}

/** Records a run with its script, submission and log. @throws ForgeError when that place is a link. */
export async function recordSolverRun(
  folder: string,
  run: SolverRun,
  { script, content, log }: { readonly script: string; readonly content: Uint8Array; readonly log: string },
): Promise<void> {
  const place = `${layout.runs}/${run.name}`;
  await writeInPackage(folder, `${place}/solve.py`, script);
  await writeInPackage(folder, `${place}/submission.csv`, content);
  await writeInPackage(folder, `${place}/log.txt`, log.slice(-MOST_LOG));
  await writeInPackage(folder, `${place}/run.json`, prettyJson(run));
}

/** The recorded runs that are about the package as it is now, by name. They come with the package: no score is to be built on them. */
export async function readSolverRuns(files: PackageFiles): Promise<SolverRun[]> {
  if ((await obstacle(files.folder, `${layout.runs}/any`)) !== null) return [];
  const names = await readdir(path.join(files.folder, layout.runs)).catch(() => []);
  const runs: SolverRun[] = [];
  for (const name of names.filter((candidate) => candidate.startsWith(PREFIX)).sort()) {
    const run = await readSolverRun(files, name);
    if (run !== null) runs.push(run);
  }
  return runs;
}

async function readSolverRun(files: PackageFiles, name: string): Promise<SolverRun | null> {
  const place = `${layout.runs}/${name}`;
  if ((await obstacle(files.folder, `${place}/run.json`)) !== null) return null;
  const read = async (file: string): Promise<string | null> => {
    const found = await readRegularFile(path.join(files.folder, place, file), MOST_BYTES);
    return found.kind === 'file' ? found.content.toString('utf8') : null;
  };
  const [json, script] = [await read('run.json'), await read('solve.py')];
  if (json === null || script === null) return null;
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return null;
  }
  const run = solverRunSchema.safeParse(data).data;
  return run?.name === name && run.key === (await solverRunKey(files, script)) ? run : null;
}
