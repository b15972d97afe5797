// What the window knows about each task: its last report and whether it is being checked. Tree, status, Problems and
// tests read it and compute nothing themselves.
import { isWithin } from '../../task/within.ts';
import type { VerificationReport } from '../../verify/contract.ts';

/** Where a report comes from: a run of the pipeline, a command, a save, the Testing view, or the task's own record. */
export type Origin = 'forge' | 'command' | 'save' | 'tests' | 'recorded';

export interface Verification {
  /** Absolute path of the task folder. */
  readonly folder: string;
  /** The last verification of the bytes that are on the disk, as far as is known; null when there is none. */
  readonly report: VerificationReport | null;
  readonly origin: Origin | null;
  /** The report belongs to other bytes: it is told as old, or, when it was only recorded, not at all. */
  readonly stale: boolean;
  readonly checking: boolean;
  /** Why the last verification came to no end; null when it did. */
  readonly failure: string | null;
}

export interface VerificationChange {
  readonly folder: string;
  /** Undefined when the task is gone. */
  readonly state: Verification | undefined;
  /** The report is a new one. */
  readonly verified: boolean;
}

type Listener = (change: VerificationChange) => void;

export class Verifications {
  readonly #verifications = new Map<string, Verification>();
  readonly #listeners = new Set<Listener>();

  all(): readonly Verification[] {
    return [...this.#verifications.values()];
  }

  of(folder: string): Verification | undefined {
    return this.#verifications.get(folder);
  }

  /** Tells of every change until the returned function is called. */
  onDidChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A verification has come to an end. */
  publish(folder: string, report: VerificationReport, origin: Origin): void {
    this.#set(
      { folder, report, origin, stale: false, checking: this.of(folder)?.checking ?? false, failure: null },
      true,
    );
  }

  /** The task is there, and what is recorded about it holds no longer. */
  markStale(folder: string): void {
    this.#set({ ...this.#known(folder), report: null, origin: null, stale: true }, false);
  }

  /** The files have changed and nobody checks them: what was found stays, as old. */
  touch(folder: string): void {
    const known = this.of(folder);
    if (known?.report != null && !known.stale) this.#set({ ...known, stale: true }, false);
  }

  setChecking(folder: string, checking: boolean, failure: string | null = null): void {
    this.#set({ ...this.#known(folder), checking, failure }, false);
  }

  /** Forgets the tasks at or below a folder. */
  forget(place: string): void {
    for (const folder of [...this.#verifications.keys()]) {
      if (!isWithin(folder, place)) continue;
      this.#verifications.delete(folder);
      this.#tell({ folder, state: undefined, verified: false });
    }
  }

  /** Takes what is known about the tasks at or below a folder along to its new place. */
  move(from: string, to: string): void {
    for (const state of this.all()) {
      if (!isWithin(state.folder, from)) continue;
      this.forget(state.folder);
      this.#set({ ...state, folder: to + state.folder.slice(from.length) }, false);
    }
  }

  #known(folder: string): Verification {
    return this.of(folder) ?? { folder, report: null, origin: null, stale: false, checking: false, failure: null };
  }

  #set(state: Verification, verified: boolean): void {
    this.#verifications.set(state.folder, state);
    this.#tell({ folder: state.folder, state, verified });
  }

  #tell(change: VerificationChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
