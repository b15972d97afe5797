// Whether methods that did better on rows held out of train did better on the test part, in words.
import type { SolverRun } from '../runs/solver-runs.ts';

/** With fewer attempts every order is likely by chance. */
export const FEWEST_ORDERED = 4;
/** Between zero and this a correlation of few attempts says neither. */
export const CLEAR_ORDER = 0.5;

export type Order = 'agrees' | 'disagrees' | 'unclear' | 'unknown';

/** What the rank correlation of the attempts says. */
export function orderOf({ spearman, n }: SolverRun['order']): Order {
  if (spearman === null || n < FEWEST_ORDERED) return 'unknown';
  if (spearman >= CLEAR_ORDER) return 'agrees';
  return spearman <= 0 ? 'disagrees' : 'unclear';
}

/** One sentence for people. */
export function orderWord(order: SolverRun['order']): string {
  const figures = `Spearman ${order.spearman === null ? 'undefined' : order.spearman.toFixed(2)}, n = ${order.n}`;
  switch (orderOf(order)) {
    case 'agrees':
      return `Better methods got better scores (${figures}).`;
    case 'disagrees':
      return `Better methods did not get better scores (${figures}).`;
    case 'unclear':
      return `Whether better methods get better scores is unclear (${figures}).`;
    case 'unknown':
      return `Too few attempts to say whether better methods get better scores (${figures}).`;
  }
}
