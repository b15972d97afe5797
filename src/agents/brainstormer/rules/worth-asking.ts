// Quality before number: a dataset's second-best questions are asked only where there is nothing better.
import { type Dropped, ideaName, type TableIdea } from '../idea.ts';

/** From here on a host can say in one sentence who would want to know; plain measurements without a hint lie just below. */
const WORTH_ASKING = 0.55;
/** Below this, not even a dataset without anything better makes a task worth its name. */
const LEAST_APPEAL = 0.3;
/** Where nothing better holds, one task shows what the data can do; more of the kind would add nothing. */
export const DULL_TASKS = 1;

export interface Sorted {
  /** Ideas to develop first, most appealing first. */
  readonly asked: readonly TableIdea[];
  /** Ideas to fall back on when none of those makes a task. */
  readonly spare: readonly TableIdea[];
}

/** Sorts ideas by whether anybody would ask. */
export function sortByAppeal(ideas: readonly TableIdea[]): Sorted {
  const ordered = ideas.toSorted((a, b) => b.appeal - a.appeal);
  return {
    asked: ordered.filter((idea) => idea.appeal >= WORTH_ASKING),
    spare: ordered.filter((idea) => idea.appeal < WORTH_ASKING && idea.appeal >= LEAST_APPEAL),
  };
}

/** The record of ideas that better ones made superfluous. */
export function passedOver(ideas: readonly TableIdea[]): readonly Dropped[] {
  return ideas.map((idea) => ({
    idea: ideaName(idea),
    code: 'NOT_ASKED',
    reason: `Better questions were found. About this one: ${idea.why}.`,
  }));
}
