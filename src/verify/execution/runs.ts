// The baselines as the execution checks run them: now and twice, or never again while script and data are the same.
import { z } from 'zod';
import { sha256 } from '../../task/hashing.ts';
import { type BaselineName, baselineNames, layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { remembered } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { oncePer } from '../once-per.ts';
import { type BaselineRun, gradeRuns, keepRun, recordedSubmission, runKey, scriptOf } from '../runs/baselines.ts';
import { type Grades, gradesSchema } from '../runs/grade.ts';
import { runSolver, type Solved } from '../runs/solver.ts';

const triedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    /** sha256 of submission.csv. */
    submission: z.string(),
    log: z.string(),
    ms: z.number(),
    /** What a second run gave. */
    again: z.enum(['same', 'other', 'nothing']),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    reason: z.string(),
    line: z.int().nullable(),
    ms: z.number(),
    /** It met a limit or died: on a quieter machine it may come to its end. */
    cut: z.boolean(),
  }),
]);
type Tried = z.infer<typeof triedSchema>;
export type TriedRun = Tried & { readonly name: BaselineName };

/** The baselines as one verification ran and graded them. */
export interface GradedRuns {
  readonly runs: readonly TriedRun[];
  readonly grades: Grades;
}

/** Runs every baseline of the package, keeps the submissions in `runs/`, and compares two runs of each. */
async function tryBaselines(context: CheckContext): Promise<TriedRun[]> {
  const present = await context.files.list();
  const names = baselineNames.filter((name) => present.includes(scriptOf(name)));
  // The last rung takes longest: whoever starts it last waits for it alone.
  const runs = [...names].reverse().map(async (name) => ({ name, ...(await triedBaseline(context, name)) }));
  return (await Promise.all(runs)).reverse();
}

/** One baseline, run now and twice or remembered, and kept in `runs/`. */
export const triedBaseline = oncePer(tryBaseline);

/** All baselines, run and graded. */
export const gradedRuns = oncePer(async (context: CheckContext, manifest: TaskSpec): Promise<GradedRuns> => {
  const runs = await tryBaselines(context);
  return { runs, grades: await gradeTried(context, runs, manifest) };
});

/**
 * A recorded run in the package is never believed. It only saves the second run, when the first one gives the same; the
 * user's own cache is what spares both.
 */
async function tryBaseline(context: CheckContext, name: BaselineName): Promise<Tried> {
  const { files, memory } = context;
  const recorded = await recordedSubmission(files.folder, name, await runKey(files, name));
  let content: Uint8Array | undefined;
  const run = async (): Promise<Tried> => {
    // Without a record to compare with there will be two runs, and they may as well go side by side.
    const second = recorded === null ? solve(context, name) : null;
    const [solved] = await Promise.all([solve(context, name), second]);
    if (solved.kind === 'failed') {
      const { reason, line, ms, cut } = solved;
      return { kind: 'failed', reason, line, ms, cut };
    }
    content = solved.content;
    const submission = sha256(content);
    await memory.measurements?.put(submission, content);
    const same = recorded !== null && sha256(recorded) === submission;
    const again = same ? 'same' : comparison(await (second ?? solve(context, name)), submission);
    return { kind: 'run', submission, log: solved.log, ms: solved.ms, again };
  };
  const measurement = {
    name: 'execution.solve 1',
    inputs: { files: [scriptOf(name), `${layout.publicData}/**`] },
    schema: triedSchema,
    lasting: (value: Tried) => value.kind === 'run' || !value.cut,
  };
  let tried = await remembered(context, measurement, run);
  if (tried.kind === 'run' && content === undefined) {
    content = await memory.measurements?.get(tried.submission);
    // The submission may have left the cache before the record of it.
    if (content === undefined || sha256(content) !== tried.submission) tried = await run();
  }
  if (tried.kind === 'run' && content !== undefined && (recorded === null || sha256(recorded) !== tried.submission))
    await keepRun(files, name, { content, log: tried.log });
  return tried;
}

function comparison(solved: Solved, submission: string): 'same' | 'other' | 'nothing' {
  if (solved.kind === 'failed') return 'nothing';
  return sha256(solved.content) === submission ? 'same' : 'other';
}

function solve({ runtime, files, signal }: CheckContext, name: BaselineName): Promise<Solved> {
  return runSolver(runtime, files.folder, scriptOf(name), signal);
}

/** Grades of the submissions by name; what decides them is the grader, the answers and the submissions. */
function gradeTried(context: CheckContext, tried: readonly TriedRun[], manifest: TaskSpec): Promise<Grades> {
  const runs: BaselineRun[] = tried.flatMap((run) =>
    run.kind === 'run' ? [{ name: run.name, kind: 'run', submission: run.submission, ms: run.ms, reused: false }] : [],
  );
  const submissions = Object.fromEntries(
    tried.flatMap((run) => (run.kind === 'run' ? [[run.name, run.submission]] : [])),
  );
  const measurement = {
    name: 'execution.grade 2',
    inputs: {
      files: [layout.metric, layout.answers, layout.test],
      manifest: ['submission', 'target', 'objective', 'metric', 'split', 'rows'] as const,
      values: submissions,
    },
    schema: gradesSchema,
    // A grader that fails may have met a limit.
    lasting: (grades: Grades) => Object.values(grades).every(({ kind }) => kind !== 'broken'),
  };
  return remembered(context, measurement, () => gradeRuns(context, runs, manifest));
}
