// The last grade of each submission in this window, by task: lenses, hovers and decorations read it.

import type { Grade } from '../../verify/runs/grade-submission.ts';
import { Listeners, type Stoppable } from '../tasks/listeners.ts';

export interface Graded {
  readonly task: string;
  /** `sample`, `answers`, or the path of the file that was graded. */
  readonly what: string;
  readonly grade: Grade;
}

export class Grades {
  readonly #last = new Map<string, Graded>();
  readonly #changed = new Listeners<Graded>();

  onDidGrade(listener: (graded: Graded) => void): Stoppable {
    return this.#changed.add(listener);
  }

  /** The last grade of every task. */
  all(): Iterable<Graded> {
    return this.#last.values();
  }

  /** What was graded last in a task. */
  lastOf(task: string): Graded | undefined {
    return this.#last.get(task);
  }

  add(graded: Graded): void {
    this.#last.set(graded.task, graded);
    this.#changed.tell(graded);
  }
}
