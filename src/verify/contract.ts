// The contract of verification: what goes in, what comes out.
import { z } from 'zod';
import type { PythonRuntime } from '../runtime/port.ts';
import { checkResultSchema, findingSchema } from '../task/findings.ts';
import { baselineNames } from '../task/layout.ts';
import type { Clock, Log } from '../task/ports.ts';
import type { Memory } from './cache/memory.ts';

export const families = ['STR', 'PRE', 'LEK', 'MET', 'STA', 'REV', 'EXE', 'ADV', 'SEC'] as const;
export type Family = (typeof families)[number];

const interval = z.tuple([z.number(), z.number()]);

/** One rung: score on the test part with its bootstrap interval, and the paired gain over the rung below. */
export const rungSchema = z.strictObject({
  name: z.enum(baselineNames),
  score: z.number(),
  ci95: interval,
  /** Improvement over the rung below in the metric's good direction, with its paired interval; null on the lowest. */
  gain: z.strictObject({ value: z.number(), ci95: interval }).nullable(),
});
export type Rung = z.infer<typeof rungSchema>;

export const reportSchema = z.strictObject({
  task: z.string(),
  verdict: z.enum(['accepted', 'rejected']),
  /** sha256 over the package's files: a verdict is bound to bytes. */
  package: z.string(),
  findings: z.array(findingSchema),
  checks: z.array(checkResultSchema),
  ladder: z.array(rungSchema),
});
export type VerificationReport = z.infer<typeof reportSchema>;

export interface VerifyOptions {
  readonly runtime: PythonRuntime;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Raw dataset, for the checks that rebuild the package; without it they are skipped with the reason. */
  readonly dataset?: string;
  readonly only?: readonly Family[];
  /** What earlier verifications measured; without it everything is measured anew. */
  readonly memory?: Memory;
  /** Told as each check ends, with the milliseconds it took. */
  readonly onCheck?: (check: { code: string; status: 'passed' | 'failed' | 'skipped'; ms: number }) => void;
}
