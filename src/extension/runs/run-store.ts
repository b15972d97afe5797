// The runs of this window. One works at a time, the others queue; cancelling gives the window back at once.

import type { Cost } from '../../agents/loop/cost.ts';
import type { ForgeEvent } from '../../forge/events.ts';
import { describeError, ForgeError, throwIfCancelled } from '../../task/errors.ts';
import type { Clock } from '../../task/ports.ts';
import { Listeners, type Stoppable } from '../tasks/listeners.ts';
import { fold, isActive, isResumable, queuedRun, type RunRequest, type RunState } from './run-state.ts';

/** One run at work. */
export interface Work {
  readonly events: AsyncIterable<ForgeEvent>;
  /** Ends its processes without asking. */
  kill(): Promise<void>;
  /** Ends what a finished run leaves warm. */
  close(): Promise<void>;
}

/** Begins the work of a run; may take a while, and may ask the user. */
export type Begin = (request: RunRequest, resume: string | null, signal: AbortSignal) => Promise<Work>;

export interface RunChange {
  readonly run: RunState;
  /** What led to it; null when the window did. */
  readonly event: ForgeEvent | null;
}

interface Slot {
  readonly key: string;
  readonly abort: AbortController;
  /** Known once the work has begun. */
  work: Work | null;
  /** The slot was given up: what still arrives from it is not heard. */
  isForced: boolean;
  readonly ended: Promise<void>;
}

export class RunStore {
  readonly #begin: Begin;
  readonly #clock: Clock;
  readonly #runs = new Map<string, RunState>();
  readonly #errors = new Map<string, unknown>();
  readonly #changed = new Listeners<RunChange>();
  /** Forced slots whose last words have not come; the same run must not be opened again before. */
  readonly #forced = new Map<string, Promise<void>>();
  #slot: Slot | null = null;
  #next = 1;
  #isDisposed = false;

  constructor(begin: Begin, clock: Clock) {
    this.#begin = begin;
    this.#clock = clock;
  }

  /** All known runs, the latest first. */
  all(): readonly RunState[] {
    return [...this.#runs.values()].sort((a, b) => b.asked - a.asked);
  }

  get(key: string): RunState | undefined {
    return this.#runs.get(key);
  }

  /** The run that is at work or, while one is ending, the next in the queue. */
  active(): RunState | undefined {
    const active = [...this.#runs.values()].filter(isActive);
    return active.find((run) => run.status === 'running') ?? active[0];
  }

  /** What a failed run threw. */
  errorOf(key: string): unknown {
    return this.#errors.get(key);
  }

  onDidChange(listener: (change: RunChange) => void): Stoppable {
    return this.#changed.add(listener);
  }

  /** Queues a new run. */
  start(request: RunRequest, cost: Cost | null = null): RunState {
    const run = queuedRun(`window-${this.#next++}`, request, this.#clock.now(), cost);
    this.#set(run);
    this.#advance();
    return this.#runs.get(run.key) ?? run;
  }

  /** Queues a run that stopped before its end; its journal says what is done. */
  resume(key: string): void {
    const run = this.#runs.get(key);
    if (run === undefined || !isResumable(run)) return;
    this.#errors.delete(key);
    this.#set({ ...run, status: 'queued', reason: null });
    this.#advance();
  }

  /** Takes in runs found on disk; those that this window already knows are left alone unless they are elsewhere. */
  found(runs: readonly RunState[]): void {
    for (const run of runs) {
      const known = [...this.#runs.values()].find(
        ({ run: id, request }) => id === run.run && request.out === run.request.out,
      );
      if (known === undefined) this.#set(run);
      else if (known.status === 'elsewhere') this.#set({ ...run, key: known.key });
    }
  }

  /** Cancels a queued or running run; a second call ends its processes without waiting for them. */
  cancel(key: string): void {
    const run = this.#runs.get(key);
    if (run === undefined) return;
    const slot = this.#slot?.key === key ? this.#slot : null;
    if (run.status === 'queued') this.#set({ ...run, status: 'cancelled', isStopping: slot !== null });
    else if (run.status === 'running') this.#set({ ...this.#stopped(run), status: 'cancelled', isStopping: true });
    else if (run.isStopping && slot !== null) this.#force(slot);
    if (!isActive(run)) return;
    slot?.abort.abort();
  }

  /** Takes an ended run out of the list; nothing on disk changes. */
  dismiss(key: string): void {
    const run = this.#runs.get(key);
    if (run === undefined || isActive(run) || run.isStopping) return;
    this.#runs.delete(key);
    this.#errors.delete(key);
    this.#changed.tell({ run, event: null });
  }

  /**
   * Ends the work because the window goes away. `reason` is the reason of the abort; the runs are not told as cancelled.
   */
  async dispose(reason?: unknown): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#changed.clear();
    const slot = this.#slot;
    if (slot === null) return;
    slot.abort.abort(reason);
    await slot.ended;
  }

  #set(run: RunState, event: ForgeEvent | null = null): void {
    this.#runs.set(run.key, run);
    this.#changed.tell({ run, event });
  }

  #stopped(run: RunState): RunState {
    const now = this.#clock.now();
    return { ...run, since: null, workedMs: run.workedMs + (run.since === null ? 0 : now - run.since) };
  }

  #force(slot: Slot): void {
    slot.isForced = true;
    this.#forced.set(slot.key, slot.ended);
    void slot.work?.kill().catch(() => {}); // The processes are gone or never came.
    this.#leave(slot);
  }

  /** Starts the next run when none is at work. */
  #advance(): void {
    if (this.#slot !== null || this.#isDisposed) return;
    const next = [...this.#runs.values()].find((run) => run.status === 'queued');
    if (next === undefined) return;
    let done = (): void => {};
    const ended = new Promise<void>((resolve) => {
      done = resolve;
    });
    const slot: Slot = { key: next.key, abort: new AbortController(), work: null, isForced: false, ended };
    this.#slot = slot;
    this.#set({ ...next, status: 'running', since: this.#clock.now() });
    void this.#do(slot, next).finally(done);
  }

  async #do(slot: Slot, { request, run }: RunState): Promise<void> {
    try {
      await this.#forced.get(slot.key);
      this.#forced.delete(slot.key);
      throwIfCancelled(slot.abort.signal);
      const work = await this.#begin(request, run, slot.abort.signal);
      slot.work = work;
      try {
        for await (const event of work.events) if (!slot.isForced) this.#take(slot.key, event);
      } finally {
        await work.close();
      }
    } catch (error) {
      if (!slot.isForced) this.#fail(slot, error);
    }
    this.#leave(slot);
  }

  #take(key: string, event: ForgeEvent): void {
    const run = this.#runs.get(key);
    if (run === undefined) return;
    const folded = fold(run, event);
    this.#set(event.type === 'run-ended' ? this.#stopped(folded) : folded, event);
  }

  #fail(slot: Slot, error: unknown): void {
    const run = this.#runs.get(slot.key);
    if (run === undefined) return;
    const isCancelled = slot.abort.signal.aborted || (error instanceof ForgeError && error.kind === 'cancelled');
    if (!isCancelled) this.#errors.set(slot.key, error);
    const status = isCancelled ? 'cancelled' : 'failed';
    this.#set({ ...this.#stopped(run), status, reason: isCancelled ? null : describeError(error) });
  }

  #leave(slot: Slot): void {
    const run = this.#runs.get(slot.key);
    if (this.#slot === slot) {
      this.#slot = null;
      if (run !== undefined) this.#set({ ...this.#stopped(run), isStopping: false });
    }
    this.#advance();
  }
}
