// The run as a model-driven agent sees it: exchanges are remembered in its journal, calls are told in its stream.
import type { Desk } from '../agents/loop/desk.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Run } from './run.ts';

/** `past` are the entries of earlier processes of the run. */
export function runDesk(run: Run, past: readonly JournalEntry[]): Desk {
  const billed = new Set(
    past.flatMap(({ body }) =>
      body.kind === 'event' && body.event.type === 'model-call' && !body.event.reused ? [nameOf(body.event)] : [],
    ),
  );
  return {
    memo: (memo) => run.memo(memo),
    tell: (event) => {
      // A process that was killed between an answer and its line in the bill has paid all the same.
      const unbilled = event.type === 'model-call' && event.reused && !billed.has(nameOf(event));
      run.tell(unbilled ? { ...event, reused: false } : event);
    },
  };
}

function nameOf({ conversation, step }: { conversation: string; step: number }): string {
  return `${conversation} ${step}`;
}
