// One confrontation of the panel with a grader: cheat, place the floor, grade, and keep what may have to be shown.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { describeFailure } from '../../runtime/outcome.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { cancelled } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { remembered } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';
import { recordedSubmission, runKey, scriptOf } from '../runs/baselines.ts';
import { maxCounterexample } from '../runs/counterexamples.ts';
import { runSolver } from '../runs/solver.ts';
import type { AdversaryFault } from './fault.ts';
import { type Cheated, cheat, cheatedSchema, FLOOR, gradePanel, panelSchema } from './probe.ts';
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
    name: 'adversary 1',
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

async function confront(context: CheckContext, manifest: TaskSpec, judge: Judge): Promise<Faced> {
  const work = await makeWorkFolder('cheat');
  try {
    const before = await graderHashes(context.folder);
    const cheated = await cheat(context, manifest, work);
    const taken = await trySpecial(context.folder, work, cheated);
    const faced: Faced = { cheated, floor: FLOOR, panel: null, ended: null, taken, changed: false, kept: {} };
    if (cheated.problem !== null) return faced;
    faced.floor = await placeFloor(context, cheated, work);
    const outcome = await gradePanel(context, cheated.entries, faced.floor, work);
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
      const content = submission === undefined ? null : await readFile(path.join(work, `${submission}.csv`));
      if (submission !== undefined && content !== null && content.length <= maxCounterexample)
        faced.kept[submission] = content.toString('base64');
    }
    return faced;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The constant baseline's submission as `constant.csv`; where it has none, the first constant of the panel stands in. */
async function placeFloor(context: CheckContext, cheated: Cheated, work: string): Promise<string> {
  const { files, runtime, folder, signal } = context;
  const script = scriptOf('constant');
  const standIn = cheated.entries.find(({ group }) => group === 'constant')?.name ?? FLOOR;
  if (!(await files.list()).includes(script)) return standIn;
  // What the execution family recorded in this very verification is fresh; any other record is not believed.
  const ran = context.ladder.some(({ name }) => name === 'constant');
  let content = ran ? await recordedSubmission(folder, 'constant', await runKey(files, 'constant')) : null;
  if (content === null) {
    const solved = await runSolver(runtime, folder, script, signal);
    if (solved.kind === 'failed') return standIn;
    content = solved.content;
  }
  await writeFile(path.join(work, `${FLOOR}.csv`), content);
  return FLOOR;
}
