// The two jobs of the panel: cheating solvers in the sandbox of solvers, and the grading of what they left.
import path from 'node:path';
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { JobOutcome, Limits } from '../../runtime/port.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { measured } from '../cache/remembered.ts';
import type { CheckContext } from '../check.ts';

export const FLOOR = 'constant';
/** Every draw must agree, so forty allow one chance in forty; a finding needs far more than that. */
const DRAWS = 40;
/** Processor time; a grader needs some hundredths of a second for an honest file. */
const SECONDS = 5;

const groups = [
  'copy',
  'shuffle',
  'draw',
  'constant',
  'huge',
  'tile',
  'position',
  'nearest id',
  'order',
  'plain',
  'duplicate',
  'missing',
  'odd id',
  'odd value',
  'large',
] as const;
export type Group = (typeof groups)[number];

const entrySchema = z.strictObject({
  /** Name of the file without its ending. */
  name: z.string(),
  group: z.enum(groups),
  /** The kind of random guess that this is one draw of. */
  mix: z.string().nullable(),
  change: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

export const cheatedSchema = z.strictObject({
  /** Why there are no submissions. */
  problem: z.string().nullable(),
  entries: z.array(entrySchema),
  special: z.array(z.strictObject({ name: z.string(), told: z.string() })),
  contained: z.boolean(),
  /** Places outside its folder that a solver could have changed. */
  tampered: z.array(z.string()),
  found: z.strictObject({ seen: z.int(), taken: z.array(z.string()) }).nullable(),
});
export type Cheated = z.infer<typeof cheatedSchema>;

const resultSchema = z.strictObject({
  kind: z.enum(['valid', 'invalid', 'broken', 'timeout']),
  score: z.number().optional(),
  message: z.string().optional(),
  /** Processor time of the grading. */
  seconds: z.number(),
  /** Its refusal says something else when other answers stand behind the ids. */
  speaks: z.boolean(),
  resampled: z.array(z.number().nullable()),
  /** Scores of the same predictions dealt out to other rows. */
  shuffled: z.array(z.number()),
});
export type PanelResult = z.infer<typeof resultSchema>;

export const panelSchema = z.strictObject({
  rows: z.int(),
  results: z.record(z.string(), resultSchema),
  /** The grader hung too often; the rest was not graded. */
  stopped: z.boolean(),
  /** It failed on the floor and on the sample submission; the rest was not graded. */
  fails: z.boolean(),
  loot: z.array(z.strictObject({ number: z.int(), lines: z.int(), of: z.int() })),
});
export type Panel = z.infer<typeof panelSchema>;

const solverLimits: Partial<Limits> = timeLimits(60);
/** Seconds of processor time for the whole panel: a hundred gradings, each of which grows with the rows. */
const graderLimits = (rows: number): Partial<Limits> => ({
  ...timeLimits(30 + rows / 500),
  processes: 16,
  outputBytes: 1_000_000,
});

/** Lets the panel cheat with the public data alone; its submissions stay in the folder `work`. */
export function cheat(context: CheckContext, { submission }: TaskSpec, work: string): Promise<Cheated> {
  const secret = [layout.answers, layout.leaderboard].map((file) => path.join(context.folder, file));
  return measured(context, {
    name: 'execute.cheat',
    args: { idColumn: submission.id_column, columns: submission.columns, private: secret },
    result: cheatedSchema,
    mounts: [
      { name: 'public', host: path.join(context.folder, layout.publicData), access: 'read' },
      { name: 'work', host: work, access: 'write' },
    ],
    limits: solverLimits,
  });
}

/** The submission that costs nothing; `file` where it is none of the panel's. */
interface Floor {
  readonly name: string;
  readonly file: string | null;
}

/** Grades everything in one job. How it ends is the grader's doing, so every end is a value. */
export function gradePanel(
  context: CheckContext,
  entries: readonly Entry[],
  floor: Floor,
  work: string,
): Promise<JobOutcome<Panel>> {
  const of = (...wanted: Group[]) => entries.filter(({ group }) => wanted.includes(group)).map(({ name }) => name);
  const mixes = [...new Set(entries.flatMap(({ mix }) => mix ?? []))];
  return context.runtime.run(
    {
      name: 'execute.panel',
      args: {
        names: [...new Set([floor.name, ...entries.map(({ name }) => name)])],
        floor: floor.name,
        mixes: Object.fromEntries(
          mixes.map((kind) => [kind, entries.filter(({ mix }) => mix === kind).map(({ name }) => name)]),
        ),
        guesses: of('copy', 'tile', 'position', 'nearest id', 'order'),
        blind: [of('shuffle'), of('constant'), of('huge')],
        forms: of('duplicate', 'missing', 'odd id', 'odd value'),
        seconds: SECONDS,
        draws: DRAWS,
      },
      result: panelSchema,
      mounts: [
        { name: 'package', host: context.folder, access: 'read' },
        { name: 'submissions', host: work, access: 'read' },
        ...(floor.file === null ? [] : [{ name: 'floor', host: floor.file, access: 'read' as const }]),
      ],
      limits: graderLimits(context.manifest?.rows.test ?? 0),
    },
    context.signal,
  );
}
