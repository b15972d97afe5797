// The tasks of this window: one place that the tree, Problems, tests and the report read, and that computes nothing.
import path from 'node:path';
import type { VerificationReport } from '../../verify/contract.ts';
import { Listeners, type Stoppable } from './listeners.ts';
import { readTaskState, type TaskState } from './task-state.ts';

/** Folders whose state has changed, appeared or gone. */
export type TasksChanged = readonly string[];

export class TaskStore {
  readonly #tasks = new Map<string, TaskState>();
  readonly #changed = new Listeners<TasksChanged>();

  /** Tasks by folder, in the order of their paths. */
  all(): readonly TaskState[] {
    return [...this.#tasks.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  }

  get(folder: string): TaskState | undefined {
    return this.#tasks.get(folder);
  }

  /** The task that a file belongs to. */
  ownerOf(file: string): TaskState | undefined {
    for (let place = file; ; place = path.dirname(place)) {
      const task = this.#tasks.get(place);
      if (task !== undefined || place === path.dirname(place)) return task;
    }
  }

  onDidChange(listener: (folders: TasksChanged) => void): Stoppable {
    return this.#changed.add(listener);
  }

  /** Takes the result of a verification that this window has made. */
  async verified(folder: string, report: VerificationReport): Promise<void> {
    const state = this.#tasks.get(folder) ?? (await readTaskState(folder));
    this.put([{ ...state, report }]);
  }

  /** Reads a task again from disk. */
  async refresh(folder: string): Promise<void> {
    this.put([await readTaskState(folder)]);
  }

  put(states: readonly TaskState[]): void {
    for (const state of states) this.#tasks.set(state.folder, state);
    if (states.length > 0) this.#changed.tell(states.map(({ folder }) => folder));
  }

  /** Forgets tasks that are gone. */
  forget(folders: readonly string[]): void {
    const gone = folders.filter((folder) => this.#tasks.delete(folder));
    if (gone.length > 0) this.#changed.tell(gone);
  }

  dispose(): void {
    this.#changed.clear();
    this.#tasks.clear();
  }
}
