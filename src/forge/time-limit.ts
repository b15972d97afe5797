// The limit on the time of a run: when it comes near, the work is stopped in good order, whatever is going on.

import type { Spent } from '../models/budget.ts';
import { BudgetStop } from '../models/budget.ts';

/** What an orderly end takes; the limit must not be passed while it lasts. */
const orderlyEndMs = 3000;
const msPerMinute = 60_000;
const longestTimer = 2 ** 31 - 1;

export interface TimeLimit {
  /** Fires with the given signal, and when the time is up. */
  readonly signal: AbortSignal;
  /** The end of the budget when it was the time that ended the work, else null. */
  stop(): BudgetStop | null;
  clear(): void;
}

/** Starts the clock of a process; `spent` is what earlier processes of the run took. */
export function limitTime(signal: AbortSignal, minutes: number | null, spent: Spent): TimeLimit {
  if (minutes === null) return { signal, stop: () => null, clear: () => {} };
  const up = new AbortController();
  const left = Math.max(0, minutes * msPerMinute - spent.ms - orderlyEndMs);
  const timer = setTimeout(() => up.abort(), Math.min(left, longestTimer));
  return {
    signal: AbortSignal.any([signal, up.signal]),
    stop: () => (up.signal.aborted && !signal.aborted ? timeIsUp(minutes) : null),
    clear: () => clearTimeout(timer),
  };
}

function timeIsUp(minutes: number): BudgetStop {
  const remedy = 'What was made is kept: raise the limit and continue with --resume.';
  return new BudgetStop('BUDGET_SPENT', 'minutes', `The limit of ${minutes} min is reached.`, remedy);
}
