// The environment that an interactive solver plays a task in: observe, validate, execute, submit, with a budget of actions.
// It holds the public data alone. Nothing in it has seen a private answer, so nothing that it says can tell one.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { hashValue, sha256 } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import { gradeFiles } from '../../verify/runs/grade.ts';
import { interval } from '../../verify/runs/intervals.ts';
import { maskPaths } from '../../verify/runs/masked-paths.ts';
import { runSolver } from '../../verify/runs/solver.ts';
import type { Desk } from '../loop/desk.ts';
import { runOwnCode } from '../tools/own-code.ts';
import type { Practice } from './practice.ts';

/** What a script is called, wherever it is run. */
const SCRIPT = 'solve.py';
const MOST_LOG = 20_000;

const validatedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('scored'),
    score: z.number(),
    ci95: z.tuple([z.number(), z.number()]),
    log: z.string(),
  }),
  /** Its submission breaks the rules of the task. */
  z.strictObject({ kind: z.literal('invalid'), message: z.string(), log: z.string() }),
  z.strictObject({ kind: z.literal('failed'), reason: z.string(), line: z.int().nullable(), log: z.string() }),
]);
export type Validated = z.infer<typeof validatedSchema>;

const exploredSchema = z.strictObject({
  ok: z.boolean(),
  /** Why it failed. */
  problem: z.string(),
  printed: z.string(),
});
export type Explored = z.infer<typeof exploredSchema>;

export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly script: string;
  readonly result: Validated;
  /** Set aside by a reset: it cannot be submitted any more. */
  readonly setAside: boolean;
}

export interface EnvironmentOptions {
  /** Folder of the task; only data/public of it is ever mounted. */
  readonly folder: string;
  readonly practice: Extract<Practice, { kind: 'practice' }>;
  readonly runtime: PythonRuntime;
  readonly desk: Desk;
  readonly signal: AbortSignal;
  /** Hash of what decides what a script does here: the public data and the grader. */
  readonly identity: string;
  /** How many observations, explorations and validations there may be. */
  readonly actions: number;
}

/** Every method but `history` and `submit` takes one action; with none left it returns null and does nothing. */
export class SolverEnvironment {
  readonly #options: EnvironmentOptions;
  #attempts: Attempt[] = [];
  #left: number;
  #submitted: Attempt | null = null;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#left = options.actions;
  }

  get actionsLeft(): number {
    return this.#left;
  }

  /** What was handed over; null until then. */
  get submitted(): Attempt | null {
    return this.#submitted;
  }

  /** All attempts so far, those set aside too. */
  history(): readonly Attempt[] {
    return this.#attempts;
  }

  /** Runs what reads the public data for a look; what it says costs an action as well. */
  async observe<Seen>(look: () => Promise<Seen>): Promise<Seen | null> {
    return this.#take() ? look() : null;
  }

  /** Runs any script with the public data to read, to see what it prints. It leaves nothing behind. */
  async execute(code: string): Promise<Explored | null> {
    if (!this.#take()) return null;
    const { desk, identity, runtime, folder, signal } = this.#options;
    const explore = async (): Promise<Explored> => {
      const dataset = path.join(folder, layout.publicData);
      const job = {
        name: 'execute.scratch',
        args: { rawName: null },
        result: z.strictObject({}),
        dataset,
        code,
      } as const;
      const ran = await runOwnCode(runtime, job, signal);
      const printed = ran.printed.slice(-MOST_LOG);
      if (ran.kind === 'done') return { ok: true, problem: '', printed };
      const { type, message, line } = ran.failure;
      const place = line === null ? '' : ` (line ${line})`;
      return { ok: false, problem: `${type === null ? '' : `${type}: `}${message}${place}`, printed };
    };
    const inputs = { identity, script: sha256(code) };
    return (await desk.memo({ name: 'solver-execute', inputs, result: exploredSchema, work: explore })).value;
  }

  /** Scores a solver script on the held-out rows of train, with the grader of the task. */
  async validate(script: string): Promise<Attempt | null> {
    if (!this.#take()) return null;
    const { desk, identity } = this.#options;
    const inputs = { identity, script: sha256(script) };
    const work = (): Promise<Validated> => this.#score(script);
    const { value } = await desk.memo({ name: 'solver-validate', inputs, result: validatedSchema, work });
    const attempt: Attempt = { number: this.#attempts.length + 1, script, result: value, setAside: false };
    this.#attempts.push(attempt);
    return attempt;
  }

  /** Hands an attempt over; null when there is no such attempt, or none that gave a valid submission. */
  submit(number: number): Attempt | null {
    const attempt = this.#attempts.find((known) => known.number === number);
    if (attempt === undefined || attempt.setAside || attempt.result.kind !== 'scored') return null;
    this.#submitted = attempt;
    return attempt;
  }

  /** Starts over: earlier attempts stay in the history, and cannot be submitted. The budget of actions is not refilled. */
  reset(): void {
    this.#attempts = this.#attempts.map((attempt) => ({ ...attempt, setAside: true }));
  }

  #take(): boolean {
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }

  async #score(script: string): Promise<Validated> {
    const { practice, runtime, signal } = this.#options;
    const work = await makeWorkFolder('attempt');
    try {
      await writeFile(path.join(work, SCRIPT), script);
      const publicData = path.join(practice.folder, layout.publicData);
      const solved = await runSolver(runtime, work, SCRIPT, signal, { publicData });
      const mask = (text: string): string =>
        maskPaths(text, { script: path.join(work, SCRIPT), public: publicData, work });
      const log = mask(solved.log.slice(-MOST_LOG));
      if (solved.kind === 'failed') return { kind: 'failed', reason: mask(solved.reason), line: solved.line, log };
      const submission = path.join(work, 'submission.csv');
      await writeFile(submission, solved.content);
      const grades = await gradeFiles(
        runtime,
        practice.folder,
        new Map([['attempt', submission]]),
        practice.rows.test,
        signal,
      );
      const grade = grades['attempt'];
      if (grade?.kind === 'valid') {
        return { kind: 'scored', score: grade.score, ci95: interval(grade.score, grade.resampled), log };
      }
      if (grade?.kind === 'invalid') return { kind: 'invalid', message: grade.message, log };
      return {
        kind: 'failed',
        reason: `the grader cannot score it: ${grade?.message ?? 'no result'}`,
        line: null,
        log,
      };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
}

/** The best attempt that may be submitted by its score on the held-out rows; the earlier of equals. */
export function bestAttempt(attempts: readonly Attempt[], direction: 'maximize' | 'minimize'): Attempt | null {
  const sign = direction === 'maximize' ? 1 : -1;
  const value = ({ result }: Attempt): number =>
    result.kind === 'scored' ? sign * result.score : Number.NEGATIVE_INFINITY;
  const able = attempts.filter(({ result, setAside }) => result.kind === 'scored' && !setAside);
  return able.toSorted((a, b) => value(b) - value(a) || a.number - b.number)[0] ?? null;
}

/** What decides what a script does in the environment of a task. */
export function environmentIdentity(hashes: ReadonlyMap<string, string>, manifest: string): string {
  const decides = [...hashes].filter(([file]) => file.startsWith(`${layout.publicData}/`) || file === layout.metric);
  return hashValue({ files: Object.fromEntries(decides), manifest });
}
