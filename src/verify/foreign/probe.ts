// What the probes of a foreign task measured. Lines are one-based, columns zero-based.
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { PythonJob } from '../../runtime/port.ts';
import type { ForeignTask } from '../../task/foreign.ts';
import { endSchema, trialSchema } from '../metric/probe.ts';
import { place, pythonFileSchema } from '../structure/probe.ts';

const foreignFileSchema = pythonFileSchema.extend({
  methods: z.array(
    z.strictObject({ owner: z.string(), name: z.string(), line: z.int(), parameters: z.array(z.string()) }),
  ),
  /** Calls that remove or move parts of the raw dataset; `whole` when it is all of it. */
  removed: z.array(z.strictObject({ ...place, call: z.string(), whole: z.boolean() })),
});
export type ForeignFile = z.infer<typeof foreignFileSchema>;

const foreignTrialsSchema = z.strictObject({
  loaded: endSchema,
  /** Why there were no trials. */
  problem: z.string().nullable(),
  /** Where the answers come from. */
  origin: z.enum(['files', 'made up']).nullable(),
  kind: z.string().nullable(),
  columns: z.array(z.string()),
  /** What a grader class declares about itself. */
  higherIsBetter: z.boolean().nullable(),
  calls: z.array(trialSchema),
  noise: z.array(z.strictObject({ share: z.number(), mean: z.number(), sd: z.number() })),
  events: z.array(z.strictObject({ event: z.string(), detail: z.string(), line: z.int() })),
  replaced: z.array(z.string()),
  printed: z.int(),
});
export type ForeignTrials = z.infer<typeof foreignTrialsSchema>;

/** Whether no figure hangs on how busy the machine was. */
export function inForeignTime({ loaded, calls }: ForeignTrials): boolean {
  return [loaded, ...calls].every(({ outcome }) => outcome !== 'timeout');
}

/** The job that reads the syntax trees of `files`. */
export function foreignCode(
  task: ForeignTask,
  files: readonly string[],
): PythonJob<{ files: Record<string, ForeignFile> }> {
  return {
    name: 'probes.foreign_code',
    args: { files: [...files], prepare: task.prepare },
    result: z.strictObject({ files: z.record(z.string(), foreignFileSchema) }),
    mounts: [{ name: 'task', host: task.folder, access: 'read' }],
  };
}

/** The job that tries the grader. The search for answers that it scores takes at most 15 seconds, each call four. */
export function foreignTrials(task: ForeignTask): PythonJob<ForeignTrials> {
  const { answers, sample } = task.data;
  return {
    name: 'probes.foreign_grader',
    args: {
      grader: task.grader,
      module: task.module,
      interface: { ...task.interface, roles: [...task.interface.roles] },
      helpers: { ...task.helpers },
      description: task.description,
    },
    result: foreignTrialsSchema,
    mounts: [
      { name: 'task', host: task.folder, access: 'read' },
      ...(answers === null ? [] : [{ name: 'answers', host: answers, access: 'read' as const }]),
      ...(sample === null ? [] : [{ name: 'sample', host: sample, access: 'read' as const }]),
    ],
    limits: { ...timeLimits(60), processes: 16, outputBytes: 1_000_000 },
  };
}
