// What a run has decided so far, folded from its journal.
import type { Finding } from '../task/findings.ts';
import type { ForgeEvent } from './events.ts';
import type { JournalEntry } from './journal-entry.ts';

type Verdict = Extract<ForgeEvent, { type: 'accepted' | 'rejected' }>;

export interface Decision {
  readonly verdict: Verdict;
  /** Findings on the last design of the task. */
  readonly findings: readonly Finding[];
}

/** The decided tasks by id. The events of a resumed run repeat those before it; the later ones count. */
export function decisions(entries: readonly JournalEntry[]): Map<string, Decision> {
  const findings = new Map<string, Finding[]>();
  const decided = new Map<string, Decision>();
  for (const { body } of entries) {
    if (body.kind !== 'event') continue;
    const { event } = body;
    if (event.type === 'run-started') findings.clear();
    else if (event.type === 'repair') findings.delete(event.task);
    else if (event.type === 'finding') findings.set(event.task, [...(findings.get(event.task) ?? []), event.finding]);
    else if (event.type === 'accepted' || event.type === 'rejected') {
      decided.set(event.task, { verdict: event, findings: findings.get(event.task) ?? [] });
    }
  }
  return decided;
}
