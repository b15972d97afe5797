// What a run has cost so far, folded from its journal.
import { freeOfCharge, withCall } from '../agents/loop/cost.ts';
import type { Spent } from '../models/budget.ts';
import type { JournalEntry } from './journal-entry.ts';

/** Calls without a price count in tokens and calls alone. Time counts while a process worked on the run. */
export function spentBefore(entries: readonly JournalEntry[]): Spent {
  let cost = freeOfCharge;
  let usd = 0;
  let calls = 0;
  let ms = 0;
  let last: number | null = null;
  for (const { at, body } of entries) {
    if (body.kind !== 'event') continue;
    // Between the last line of one process and the first of the next nobody worked.
    if (body.event.type !== 'run-started' && last !== null) ms += Math.max(0, at - last);
    last = at;
    if (body.event.type !== 'model-call' || body.event.reused) continue;
    cost = withCall(cost, body.event);
    usd += body.event.usd ?? 0;
    calls += body.event.attempts;
  }
  return { usd, tokens: cost.tokens, calls, ms };
}
