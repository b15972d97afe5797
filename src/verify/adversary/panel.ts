// One confrontation of the panel with a grader: cheat, place the floor, grade, and keep what may have to be shown.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { describeFailure } from '../../runtime/outcome.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled } from '../../task/errors.ts';
import { sha256 } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { keyOf, remembered } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { triedBaseline } from '../execution/runs.ts';
import { recordedSubmission, runKey, scriptOf } from '../runs/baselines.ts';
import { maxCounterexample } from '../runs/counterexamples.ts';
import { runSolver } from '../runs/solver.ts';
import type { AdversaryFault } from './fault.ts';
import { cheat, cheatedSchema, FLOOR, gradePanel, panelSchema } from './probe.ts';
import { graderHashes, trySpecial } from './reach.ts';

const facedSchema = z.strictObject({
  cheated: cheatedSchema,
  /** Name of the floor's file. */
  floor: z.string(),
  /** Null when there were no submissions, or when the grader ended the panel. */
  panel: panelSchema.nullable(),
  /** How the grader ended the panel, and the submission that it had before it. */
  ended: z.strictObject({ why: z.string(), last: z.string().nullable() }).nullable(),
  /** Special files that were read as submissions. */
  taken: z.array(z.string()),
  /** A file that decides a score is not what it was before. */
  changed: z.boolean(),
  /** Submissions that show a fault, in base64. */
  kept: z.record(z.string(), z.string()),
});
export type Faced = z.infer<typeof facedSchema>;

/** The faults of a confrontation; what they show is kept with it. */
export type Judge = (faced: Faced) => readonly AdversaryFault[];

/** Runs the panel, or remembers how it ended for the same grader, answers, public data and constant baseline. */
export function facePanel(context: CheckContext, manifest: TaskSpec, judge: Judge): Promise<Faced> {
  const measurement = {
    name: 'adversary 2',
    inputs: {
      files: [`${layout.publicData}/**`, layout.metric, layout.answers, scriptOf('constant')],
      manifest: ['submission', 'target', 'objective', 'metric'] as const,
    },
    schema: facedSchema,
    // A grader that was stopped may have met a busy machine.
    lasting: ({ ended, panel }: Faced) => ended === null && panel?.stopped !== true,
  };
  return remembered(context, measurement, () => confront(context, manifest, judge));
}

/** What the panel left in its folder, and what became of it before any grader saw it. */
const leftSchema = z.strictObject({ cheated: cheatedSchema, taken: z.array(z.string()) });
const LEFT = 'left.json';

/** The submissions depend on the public data and the form of a submission alone: another grader gets the same files. */
async function confront(context: CheckContext, manifest: TaskSpec, judge: Judge): Promise<Faced> {
  const inputs = {
    files: [`${layout.publicData}/**`],
    manifest: ['submission'] as const,
    // Cheating solvers look for the answers where this machine keeps them.
    values: context.folder,
  };
  const before = await graderHashes(context.folder);
  const fill = async (work: string): Promise<void> => {
    const cheated = await cheat(context, manifest, work);
    const taken = await trySpecial(context.folder, work, cheated);
    await writeFile(path.join(work, LEFT), JSON.stringify({ cheated, taken }));
  };
  const key = await keyOf(context, 'adversary.submissions 2', inputs);
  return context.memory.folders.lend(key, fill, async (work) => {
    const { cheated, taken } = leftSchema.parse(JSON.parse(await readFile(path.join(work, LEFT), 'utf8')));
    const faced: Faced = { cheated, floor: FLOOR, panel: null, ended: null, taken, changed: false, kept: {} };
    return cheated.problem === null ? grade(context, faced, work, before, judge) : faced;
  });
}

async function grade(context: CheckContext, faced: Faced, work: string, before: string, judge: Judge): Promise<Faced> {
  const own = await makeWorkFolder('floor');
  try {
    const { entries } = faced.cheated;
    const floor = await placeFloor(context, path.join(own, `${FLOOR}.csv`));
    faced.floor = floor === null ? (entries.find(({ group }) => group === 'constant')?.name ?? FLOOR) : FLOOR;
    const outcome = await gradePanel(context, entries, { name: faced.floor, file: floor }, work);
    if (outcome.kind === 'cancelled') throw cancelled();
    if (outcome.kind === 'done') faced.panel = outcome.value;
    else {
      const last =
        outcome.log
          .match(/grading \S+/g)
          ?.at(-1)
          ?.slice('grading '.length) ?? null;
      faced.ended = { why: describeFailure(outcome), last };
    }
    faced.changed = before !== (await graderHashes(context.folder));
    for (const { submission } of judge(faced)) {
      if (submission === undefined) continue;
      const content = await readFile(
        submission === FLOOR && floor !== null ? floor : path.join(work, `${submission}.csv`),
      );
      if (content.length <= maxCounterexample) faced.kept[submission] = content.toString('base64');
    }
    return faced;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Writes the constant baseline's submission to `file`; null where it has none, and a constant of the panel stands in. */
async function placeFloor(context: CheckContext, file: string): Promise<string | null> {
  const { files, runtime, folder, signal } = context;
  const script = scriptOf('constant');
  if (!(await files.list()).includes(script)) return null;
  const tried = await triedBaseline(context, 'constant');
  if (tried.kind === 'failed') return null;
  // What this very verification recorded is fresh; any other record is not believed.
  const recorded = await recordedSubmission(folder, 'constant', await runKey(files, 'constant'));
  let content = recorded !== null && sha256(recorded) === tried.submission ? recorded : null;
  if (content === null) {
    const solved = await runSolver(runtime, folder, script, signal);
    if (solved.kind === 'failed') return null;
    content = solved.content;
  }
  await writeFile(file, content);
  return file;
}
