// What a model-driven agent needs from the run that it works in: a memory that survives a kill, and a listener.
import type { z } from 'zod';
import type { AgentEvent } from './events.ts';

export interface Remembered<Result> {
  readonly name: string;
  /** Everything that decides the result. */
  readonly inputs: unknown;
  readonly result: z.ZodType<Result>;
  work(): Promise<Result>;
}

export interface Desk {
  /** The result of earlier work with equal inputs, or of doing it now; durable when this returns. */
  memo<Result>(memo: Remembered<Result>): Promise<{ value: Result; reused: boolean }>;
  tell(event: AgentEvent): void;
}

/** A desk without a memory: for a single command, and for tests. */
export function forgetfulDesk(tell: (event: AgentEvent) => void = () => {}): Desk {
  return { memo: async ({ work }) => ({ value: await work(), reused: false }), tell };
}
