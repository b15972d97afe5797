// One run as the window knows it: what was asked, how far it is, what it has decided; folded from the stream of events.
import { type Cost, freeOfCharge, withCall } from '../../agents/loop/cost.ts';
import type { ForgeEvent, Stage } from '../../forge/events.ts';

/**
 * `interrupted`: its process went away before the run had ended. `elsewhere`: another process is writing to it now.
 * Whatever is cancelled, interrupted or failed can be resumed.
 */
export type RunStatus = 'queued' | 'running' | 'elsewhere' | 'cancelled' | 'interrupted' | 'failed' | 'done';

/** What a run is asked to do; its door's own ids and choices. */
export interface RunRequest {
  readonly dataset: string;
  readonly out: string;
  readonly engine: string;
  readonly maxTasks: number;
  readonly seed: number;
}

export type CandidateState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'working'; readonly stage: Stage; readonly attempt: number }
  | { readonly kind: 'accepted'; readonly folder: string }
  | { readonly kind: 'rejected'; readonly stage: Stage; readonly code: string; readonly reason: string };

export interface RunState {
  /** Key in this window; stays the same from the queue to the end, and across a resume. */
  readonly key: string;
  readonly request: RunRequest;
  /** When it was asked for, in milliseconds since the epoch; orders the list. */
  readonly asked: number;
  /** Id on disk; null until the run has begun. */
  readonly run: string | null;
  readonly status: RunStatus;
  /** Cancelled, but its processes have not all ended yet. */
  readonly isStopping: boolean;
  /** Stage of the whole dataset, while no candidate is on its way. */
  readonly stage: Stage | null;
  readonly candidates: ReadonlyMap<string, CandidateState>;
  readonly accepted: number;
  readonly rejected: number;
  /** Milliseconds of work in earlier processes and attempts. */
  readonly workedMs: number;
  /** When the present work began, in milliseconds since the epoch; null while nothing is being done. */
  readonly since: number | null;
  /** Null when the engine uses no model. */
  readonly cost: Cost | null;
  /** Why no task came out, or why the run failed. */
  readonly reason: string | null;
}

/** A run that waits for its turn. */
export function queuedRun(key: string, request: RunRequest, asked: number, cost: Cost | null): RunState {
  return {
    key,
    request,
    asked,
    run: null,
    status: 'queued',
    isStopping: false,
    stage: null,
    candidates: new Map(),
    accepted: 0,
    rejected: 0,
    workedMs: 0,
    since: null,
    cost,
    reason: null,
  };
}

export function isActive(run: RunState): boolean {
  return run.status === 'queued' || run.status === 'running';
}

/** Whether its work can be taken up again. */
export function isResumable(run: RunState): boolean {
  return run.status === 'cancelled' || run.status === 'interrupted' || run.status === 'failed';
}

/** Milliseconds of work until `now`. */
export function elapsed(run: RunState, now: number): number {
  return run.workedMs + (run.since === null ? 0 : Math.max(0, now - run.since));
}

/** The run after one event. */
export function fold(run: RunState, event: ForgeEvent): RunState {
  switch (event.type) {
    case 'run-started':
      // A resumed run tells again what was decided before.
      return { ...run, run: event.run, stage: null, candidates: new Map(), accepted: 0, rejected: 0, reason: null };
    case 'formulations':
      return { ...run, stage: null, candidates: new Map(event.ids.map((id) => [id, { kind: 'waiting' }])) };
    case 'stage-started':
      if (event.task === null) return { ...run, stage: event.stage };
      return withCandidate(run, event.task, { kind: 'working', stage: event.stage, attempt: event.attempt });
    case 'accepted':
      return withCandidate(run, event.task, { kind: 'accepted', folder: event.path });
    case 'rejected': {
      const { stage, code, reason } = event;
      return withCandidate(run, event.task, { kind: 'rejected', stage, code, reason });
    }
    case 'model-call':
      return { ...run, cost: withCall(run.cost ?? freeOfCharge, event) };
    case 'refused':
      return { ...run, reason: `${event.reason} (${event.code})` };
    case 'run-ended': {
      const { outcome } = event;
      // A spent budget is an end that a larger one takes up again, like a failure of the environment.
      const status = outcome === 'refused' ? 'done' : outcome === 'stopped' ? 'failed' : outcome;
      return { ...run, status, stage: null };
    }
    default:
      return run;
  }
}

function withCandidate(run: RunState, task: string, state: CandidateState): RunState {
  const candidates = new Map(run.candidates).set(task, state);
  const count = (kind: CandidateState['kind']): number =>
    [...candidates.values()].filter((c) => c.kind === kind).length;
  return { ...run, stage: null, candidates, accepted: count('accepted'), rejected: count('rejected') };
}

/** The candidate that is being worked on. */
export function candidateAtWork(run: RunState): { readonly task: string; readonly stage: Stage } | null {
  for (const [task, state] of run.candidates) if (state.kind === 'working') return { task, stage: state.stage };
  return null;
}
