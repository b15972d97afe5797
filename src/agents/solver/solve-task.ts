// The interactive solver: a model plays a task by actions, sees public data alone, and is scored once it has ended.
import { rm } from 'node:fs/promises';
import { BudgetStop } from '../../models/budget.ts';
import type { PythonRuntime } from '../../runtime/port.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { ForgeError } from '../../task/errors.ts';
import { sha256 } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import type { Clock } from '../../task/ports.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { PackageFiles } from '../../verify/package/files.ts';
import { hashPackageFiles } from '../../verify/package/hash.ts';
import type { Graded } from '../../verify/runs/grade.ts';
import { gain, interval, type ValidGrade } from '../../verify/runs/intervals.ts';
import { recordSolverRun, type SolverRun, solverRunKey, solverRunName } from '../../verify/runs/solver-runs.ts';
import type { AgentEnd } from '../loop/agent-end.ts';
import { Conversation, type Seat } from '../loop/conversation.ts';
import type { Desk } from '../loop/desk.ts';
import { quoted } from '../loop/quoted.ts';
import { runAgent } from '../loop/run-agent.ts';
import { blockGuide } from '../loop/tool.ts';
import { prompt } from '../prompts.ts';
import type { SharedRows } from '../tools/shared-rows.ts';
import { type Attempt, bestAttempt, environmentIdentity, SolverEnvironment } from './environment.ts';
import { type FinalScores, finalScores } from './final-scores.ts';
import { makePractice, type Practice } from './practice.ts';
import { spearman } from './rank-agreement.ts';
import { solverTools } from './solver-tools.ts';

export interface SolveRequest {
  readonly files: PackageFiles;
  readonly manifest: TaskSpec;
  readonly seat: Seat;
  /** Observations, explorations and validations together. */
  readonly actions: number;
  readonly sharedRows: SharedRows;
  readonly runtime: PythonRuntime;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type SolveResult =
  | { readonly kind: 'solved'; readonly run: SolverRun }
  /** No script of it could be scored: `code` and `reason` tell why. */
  | { readonly kind: 'unsolved'; readonly code: string; readonly reason: string; readonly attempts: number };

/** Answers beside those that act: looking at the history, and a slip now and then. */
const SPARE_STEPS = 6;
const MOST_NAMES = 30;

/**
 * Lets a model solve a task and records the run in `runs/` of the package.
 * @throws ForgeError on cancellation, and when the endpoint fails for good before an attempt has a score.
 */
export async function solveTask(request: SolveRequest): Promise<SolveResult> {
  const folder = await makeWorkFolder('practice');
  try {
    const practice = await makePractice(request.files.folder, folder, request);
    if (practice.kind === 'none') return unsolved('NO_PRACTICE', `No rows can be held out: ${practice.reason}.`, 0);
    const environment = await environmentOf(request, practice);
    const end = await play(request, practice, environment);
    const attempts = environment.history();
    const chosen = environment.submitted ?? bestAttempt(attempts, request.manifest.metric.direction);
    if (chosen === null) {
      const why = end.kind === 'stopped' ? end : { code: 'NO_ATTEMPT', reason: 'No attempt of it has a score.' };
      return unsolved(why.code, why.reason, attempts.length);
    }
    const scores = await finalScores(chosen, attempts, request);
    const { final } = scores;
    const grade = scores.attempts.get(chosen.number);
    if (final.kind === 'failed')
      return unsolved('SOLVER_FAILED', `On the real public data its script fails: ${final.reason}.`, attempts.length);
    if (grade?.kind !== 'valid')
      return unsolved('SOLVER_INVALID', `Its submission is refused: ${grade?.message ?? 'no grade'}`, attempts.length);
    const run = await runOf(request, { practice, environment, end, chosen, scores, grade });
    const record = { ...run, submission: sha256(final.content) };
    await recordSolverRun(request.files.folder, record, {
      script: chosen.script,
      content: final.content,
      log: final.log,
    });
    return { kind: 'solved', run: record };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How the work ended: by the agent itself, or by what made it impossible to go on. */
type Ended = AgentEnd<Attempt> | { readonly kind: 'stopped'; readonly code: string; readonly reason: string };
type PracticeTask = Extract<Practice, { kind: 'practice' }>;

async function environmentOf(request: SolveRequest, practice: PracticeTask): Promise<SolverEnvironment> {
  const { files, actions, runtime, desk, signal } = request;
  const manifest = (await files.text(layout.manifest)) ?? '';
  const identity = environmentIdentity(await hashPackageFiles(files), manifest);
  return new SolverEnvironment({ folder: files.folder, practice, runtime, desk, signal, identity, actions });
}

async function play(request: SolveRequest, practice: PracticeTask, environment: SolverEnvironment): Promise<Ended> {
  const { files, manifest, seat, actions, sharedRows, desk, clock, signal } = request;
  const publicFiles = (await files.list()).flatMap((file) =>
    file.startsWith(`${layout.publicData}/`) ? [file.slice(layout.publicData.length + 1)] : [],
  );
  const tools = solverTools({ environment, manifest, folder: files.folder, publicFiles, sharedRows });
  const system = prompt('solver', { protocol: prompt('protocol', { blocks: blockGuide(tools) }).text });
  const steps = actions + SPARE_STEPS;
  const { metric } = manifest;
  const task = prompt('solver-task', {
    task: manifest.id,
    objective: manifest.objective,
    metric: metric.name,
    direction: metric.direction,
    best: `${metric.best}`,
    description: quoted(layout.description, (await files.text(layout.publicDescription)) ?? ''),
    files: quoted('public files', namesText(publicFiles)),
    train: `${practice.rows.train}`,
    test: `${practice.rows.test}`,
    how: quoted('the cut', practice.how),
    actions: `${actions}`,
    steps: `${steps}`,
  });
  const about = { task: manifest.id, actions, sharedRows };
  const conversation = new Conversation({ desk, seat, task: manifest.id, about, system: system.text, clock, signal });
  conversation.say(task.text);
  try {
    return await runAgent(conversation, { tools, finished: () => environment.submitted, steps }, signal);
  } catch (error) {
    // What was paid for is kept: with an attempt that has a score the work has a result, whatever ended it.
    const isKept = error instanceof BudgetStop || bestAttempt(environment.history(), metric.direction) !== null;
    if (!(error instanceof ForgeError) || error.kind === 'cancelled' || !isKept) throw error;
    return { kind: 'stopped', code: error.code, reason: error.message };
  }
}

function namesText(names: readonly string[]): string {
  const left = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES), ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
}

interface Played {
  readonly practice: PracticeTask;
  readonly environment: SolverEnvironment;
  readonly end: Ended;
  readonly chosen: Attempt;
  readonly scores: FinalScores;
  readonly grade: ValidGrade;
}

async function runOf(
  { files, manifest, seat, actions }: SolveRequest,
  { practice, environment, end, chosen, scores, grade }: Played,
): Promise<Omit<SolverRun, 'submission'>> {
  const { direction } = manifest.metric;
  const over = (baseline: Graded | undefined) => (baseline?.kind === 'valid' ? gain(direction, baseline, grade) : null);
  const attempts = environment.history().map(({ number, result }) => {
    const test = scores.attempts.get(number);
    return {
      number,
      outcome: result.kind,
      validation: result.kind === 'scored' ? result.score : null,
      test: test?.kind === 'valid' ? test.score : null,
    };
  });
  const pairs = attempts.flatMap(({ validation, test }) =>
    validation === null || test === null ? [] : [[validation, test] as const],
  );
  return {
    name: solverRunName(seat.model.id),
    kind: 'solver',
    key: await solverRunKey(files, chosen.script),
    model: seat.model.id,
    actions: { used: actions - environment.actionsLeft, allowed: actions },
    practice: { ...practice.rows, how: practice.how },
    attempts,
    chosen: { attempt: chosen.number, by: environment.submitted === null ? 'environment' : 'model' },
    stopped: end.kind === 'stopped' ? { code: end.code, reason: end.reason } : null,
    score: grade.score,
    ci95: interval(grade.score, grade.resampled),
    gains: { constant: over(scores.baselines.constant), strong: over(scores.baselines.strong) },
    order: { spearman: spearman(pairs), n: pairs.length },
  };
}

function unsolved(code: string, reason: string, attempts: number): SolveResult {
  return { kind: 'unsolved', code, reason: reason.replace(/\.\.$/, '.'), attempts };
}
