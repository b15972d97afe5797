// The bill of a run, folded from its events.
import { type BillEntry, billBy, billEntry, sumBill } from '../models/bill.ts';
import type { ForgeEvent } from './events.ts';
import { stageOfAgent } from './ledger.ts';

/** One entry for each call that was paid for: answers that were known already are not billed again. */
export function billOf(events: readonly ForgeEvent[]): readonly BillEntry[] {
  return events.flatMap((event) => {
    if (event.type !== 'model-call' || event.reused) return [];
    const { agent, task, model, usage, usd, ms } = event;
    return [billEntry({ agent, stage: stageOfAgent[agent], task }, model, { usage, usd, ms })];
  });
}

/** The sums that people ask for, as a document. */
export function billDocument(entries: readonly BillEntry[]) {
  const by = (dimension: 'agent' | 'stage' | 'task' | 'model') =>
    billBy(entries, dimension).map(({ name, sum }) => ({ [dimension]: name, ...sum }));
  return { total: sumBill(entries), agents: by('agent'), stages: by('stage'), tasks: by('task'), models: by('model') };
}
