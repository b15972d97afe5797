// What agents and models said to each other in a run, exchange by exchange, read from its journal and artifacts.
import type { z } from 'zod';
import { exchangeSchema } from '../agents/loop/conversation.ts';
import type { ModelCall } from '../agents/loop/events.ts';
import { Artifacts } from './artifacts.ts';
import { readJournal } from './journal.ts';
import { runFolder } from './run-folder.ts';

export interface TranscriptEntry extends z.infer<typeof exchangeSchema> {
  readonly call: ModelCall;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The exchanges that were paid for, in order. `sent` is what was said since the exchange before in the same conversation.
 * @throws ForgeError when the run is unknown or its journal is damaged.
 */
export async function* transcript(out: string, run: string): AsyncGenerator<TranscriptEntry> {
  const places = runFolder(out, run);
  const artifacts = new Artifacts(places.artifacts);
  const { entries } = await readJournal(places.journal);
  let last: z.infer<typeof exchangeSchema> | null = null;
  for (const { at, body } of entries) {
    if (body.kind === 'stage') last = exchangeSchema.safeParse(await artifacts.get(body.artifact)).data ?? last;
    if (body.kind !== 'event' || body.event.type !== 'model-call' || body.event.reused || last === null) continue;
    yield { ...last, call: body.event, at };
    last = null;
  }
}
