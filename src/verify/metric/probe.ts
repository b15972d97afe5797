// What the trials of metric.py measured. Lines are one-based.
import { z } from 'zod';
import { timeLimits } from '../../runtime/limits.ts';
import type { PythonJob } from '../../runtime/port.ts';
import { layout } from '../../task/layout.ts';
import type { Inputs } from '../cache/inputs.ts';
import type { CheckContext } from '../check.ts';

/** As many as one job tells of. */
const MAX_EVENTS = 5;
/** Shorter times say nothing about growth. */
export const NOTICEABLE_SECONDS = 2;

export const endSchema = z.strictObject({
  outcome: z.enum(['scored', 'refused', 'raised', 'timeout']),
  /** Null unless a finite number came back. */
  score: z.number().nullable(),
  /** The number as Python writes it; empty when none came back. */
  written: z.string(),
  /** Type of the returned value. */
  kind: z.string(),
  error: z.string(),
  message: z.string(),
  line: z.int().nullable(),
  /** A `raise` of the grader itself, not a failure in what it calls. */
  raisedHere: z.boolean(),
  mutated: z.array(z.string()),
});
export type End = z.infer<typeof endSchema>;

export const trialSchema = endSchema.extend({
  name: z.string(),
  group: z.enum([
    'perfect',
    'repeat',
    'rows',
    'column order',
    'round trip',
    'spelling',
    'ids',
    'columns',
    'surplus',
    'missing',
    'values',
    'constant',
    'twice',
    'degenerate',
  ]),
  change: z.string(),
  rows: z.int(),
  validated: endSchema.nullable(),
  depends: z.boolean(),
  submission: z.string().nullable(),
  /** What the definition of the metric gives; null where it was not asked, or leaves the score undefined. */
  expected: z.number().nullable(),
  /** The formula gives that, and not only the convention of the registry for 0 / 0; so there is nothing to refuse. */
  settled: z.boolean(),
});
export type Trial = z.infer<typeof trialSchema>;

const comparisonSchema = z.strictObject({ expected: z.number(), score: z.number().nullable(), change: z.string() });

const trialsSchema = z.strictObject({
  loaded: endSchema,
  lines: z.strictObject({
    evaluate: z.int().nullable(),
    validate_submission: z.int().nullable(),
    InvalidSubmissionError: z.int().nullable(),
  }),
  /** Why there were no trials. */
  problem: z.string().nullable(),
  calls: z.array(trialSchema),
  noise: z.array(z.strictObject({ share: z.number(), mean: z.number(), sd: z.number() })),
  /** Trials as whole submissions, and how `grade` ends on them. */
  files: z.array(
    z.strictObject({
      name: z.string(),
      text: z.string(),
      kind: z.enum(['valid', 'invalid', 'broken']),
      score: z.number().nullable(),
    }),
  ),
  /** The few rows of the trials hold more than one answer. */
  varied: z.boolean(),
  /** A random submission by the definition: the first that it scores otherwise, else one of those that agree. */
  reference: comparisonSchema.extend({ agrees: z.boolean() }).nullable(),
  /** The first random submission that metric.py scores otherwise where the formula leaves the score open. */
  convention: comparisonSchema.nullable(),
  /** How evaluate ended on the first submission of the declared form that it gave no score. */
  unscored: endSchema.extend({ change: z.string() }).nullable(),
  slow: z
    .strictObject({ rows: z.int(), seconds: z.number(), tenfold: z.number(), outcome: endSchema.shape.outcome })
    .nullable(),
  events: z.array(z.strictObject({ event: z.string(), detail: z.string(), line: z.int() })),
  replaced: z.array(z.string()),
  printed: z.int(),
});
export type Trials = z.infer<typeof trialsSchema>;

/** What the job reads. */
export const trialInputs: Inputs = {
  files: [layout.metric, layout.answers],
  manifest: ['submission', 'target', 'objective', 'metric'],
};

/** What both parts of the trials measured, as one job would tell it. */
export function joinTrials(forms: Trials, figures: Trials): Trials {
  const { noise, reference, convention, unscored, slow } = figures;
  const seen = new Map([...forms.events, ...figures.events].map((event) => [`${event.event} ${event.line}`, event]));
  return {
    ...forms,
    calls: [...forms.calls, ...figures.calls],
    ...{ noise, reference, convention, unscored, slow },
    problem: forms.problem ?? figures.problem,
    events: [...seen.values()].slice(0, MAX_EVENTS),
    replaced: [...new Set([...forms.replaced, ...figures.replaced])].sort(),
    printed: forms.printed + figures.printed,
  };
}

/** Whether no figure hangs on how busy the machine was. */
export function inTime({ loaded, calls, slow }: Trials): boolean {
  const ends = [loaded, ...calls, ...(slow === null ? [] : [slow])];
  return ends.every(({ outcome }) => outcome !== 'timeout') && (slow?.tenfold ?? 0) < NOTICEABLE_SECONDS;
}

/** Submissions in many forms; odd parts, noise, definition and growth. */
export type TrialPart = 'forms' | 'figures';

/** The job that tries metric.py of a package, or one of two that share the work: an editor waits for them. */
export function metricTrials({ folder }: Pick<CheckContext, 'folder'>, part?: TrialPart): PythonJob<Trials> {
  return {
    name: 'probes.metric_contract',
    args: part === undefined ? {} : { part },
    result: trialsSchema,
    mounts: [{ name: 'package', host: folder, access: 'read' }],
    limits: { ...timeLimits(45), processes: 16, outputBytes: 1_000_000 },
  };
}
