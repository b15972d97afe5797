// The run as a model-driven agent sees it: exchanges are remembered in its journal, calls are told in its stream.
import type { Desk } from '../agents/loop/desk.ts';
import { isAnswer, type ModelCall } from '../agents/loop/events.ts';
import type { ForgeEvent } from './events.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Run } from './run.ts';

/** `past` are the entries of earlier processes of the run. */
export function runDesk(run: Pick<Run, 'memo' | 'tell'>, past: readonly JournalEntry[]): Desk {
  const billed = new Set(
    past.flatMap(({ body }) => (body.kind === 'event' && isPaidAnswer(body.event) ? [nameOf(body.event)] : [])),
  );
  return {
    memo: (memo) => run.memo(memo),
    tell: (event) => {
      // A process that was killed between an answer and its line in the bill has paid all the same.
      const unbilled = event.type === 'model-call' && event.reused && !billed.has(nameOf(event));
      const told = unbilled ? { ...event, reused: false } : event;
      if (isPaidAnswer(told)) billed.add(nameOf(told));
      run.tell(told);
    },
  };
}

/** A call that failed is in the bill, too, but its answer is still to come. */
function isPaidAnswer(event: ForgeEvent): event is ModelCall {
  return event.type === 'model-call' && !event.reused && isAnswer(event.outcome);
}

function nameOf({ conversation, step }: ModelCall): string {
  return `${conversation} ${step}`;
}
