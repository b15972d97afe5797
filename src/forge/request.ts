// What a forge is asked to do, and what it needs from its door.
import { z } from 'zod';
import type { Bench } from '../agents/bench.ts';
import type { Brainstormer, Designer, Refactor, Reviewer, Solver } from '../agents/contracts.ts';
import type { Desk } from '../agents/loop/desk.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import type { Spent } from '../models/budget.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import type { Clock, Log } from '../task/ports.ts';
import type { ForgeTools } from './tools.ts';

export interface ForgeRequest {
  /** Path of the dataset: a folder or one file. Never written to. */
  readonly dataset: string;
  /** Folder that receives the task folders, and the runs in `.mle-forge`. Created when absent. */
  readonly out: string;
  /** Stop after so many accepted tasks. */
  readonly maxTasks: number;
  readonly seed: number;
  /** Keep the packages of rejected candidates in the run's folder. */
  readonly keepRejected: boolean;
  /** Id of a run in `out` to continue. Its own options hold, not those of this request. */
  readonly resume?: string;
}

/** The agents of a run; `engine` names them in the provenance of a task. */
export interface Agents {
  readonly engine: string;
  readonly brainstormer: Brainstormer;
  readonly designer: Designer;
  readonly refactor: Refactor;
  /** Judges what no rule can; absent without a model. */
  readonly reviewer?: Reviewer;
  /** Plays the task as a competitor would; absent without a model. */
  readonly solver?: Solver;
}

/** What agents of a run may use: its memory and its stream, the dataset as it was measured, a place to build. */
export interface RunServices {
  readonly desk: Desk;
  readonly clock: Clock;
  /** Absolute path; read only. */
  readonly dataset: string;
  readonly profile: DatasetProfile;
  readonly judgements: readonly TableJudgement[];
  bench(task: string): Bench;
  /** What the run has cost before: a budget holds for the run, however often it is resumed. */
  readonly spent: Spent;
}

/** Who writes the tasks, when it is not the built-in engine. */
export interface Engine {
  /** As it stands in the provenance of a task. */
  readonly name: string;
  /** Hash of all that decides its answers besides what it is asked: prompts, models, their parameters. */
  readonly version: string;
  /** Wall time that the run may take, all its processes together; null for no limit. */
  readonly minutes: number | null;
  /** What leaves the machine, in words, and within which limits. */
  readonly notice: string;
  hire(services: RunServices): Agents;
}

export interface ForgeDeps {
  readonly runtime: PythonRuntime;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** The built-in agents when absent. */
  readonly agents?: Agents;
  /** Agents that need the run they work in; takes the place of `agents`. */
  readonly engine?: Engine;
  /** The measuring parts; the real ones when absent. */
  readonly tools?: ForgeTools;
}

/** The part of a request that decides the tasks; the journal keeps it, so that a resumed run does the same. */
export const runOptionsSchema = z.strictObject({
  maxTasks: z.int().min(1),
  seed: z.int(),
  keepRejected: z.boolean(),
});
export type RunOptions = z.infer<typeof runOptionsSchema>;

// Some formulations fail verification; a few more than three candidates per wanted task keep a run from ending short.
const candidatesPerTask = 3;
const spareCandidates = 2;

/** How many formulations to ask the Brainstormer for. */
export function formulationLimit(options: RunOptions): number {
  return options.maxTasks * candidatesPerTask + spareCandidates;
}
