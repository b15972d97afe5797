// A conversation with a scripted model, and a desk whose memory outlives it: for tests of agents.
import { Conversation, type Seat } from '../../src/agents/loop/conversation.ts';
import type { Desk } from '../../src/agents/loop/desk.ts';
import type { AgentEvent } from '../../src/agents/loop/events.ts';
import type { ChatModel } from '../../src/models/port.ts';
import { hashValue } from '../../src/task/hashing.ts';

export interface MemoryDesk extends Desk {
  readonly events: AgentEvent[];
  /** Names of the work that was really done, in order. */
  readonly done: string[];
}

/** Remembers like a run; `memory` may be handed to a later desk, as a resumed run finds it. */
export function memoryDesk(memory = new Map<string, unknown>()): MemoryDesk {
  const events: AgentEvent[] = [];
  const done: string[] = [];
  return {
    events,
    done,
    tell: (event) => void events.push(event),
    async memo({ name, inputs, result, work }) {
      const key = hashValue({ name, inputs });
      if (memory.has(key)) return { value: result.parse(memory.get(key)), reused: true };
      const value = await work();
      memory.set(key, JSON.parse(JSON.stringify(value)));
      done.push(name);
      return { value, reused: false };
    },
  };
}

export function seatFor(model: ChatModel): Seat {
  return {
    agent: 'designer',
    model,
    price: ({ input, output }) => (input + output) / 1000,
    maxOutputTokens: 1000,
    seed: 0,
  };
}

export function conversationWith(model: ChatModel, desk: Desk, signal = new AbortController().signal): Conversation {
  const clock = { now: () => 0 };
  return new Conversation({
    desk,
    seat: seatFor(model),
    task: 'a-task',
    about: 'a test',
    system: 'You test.',
    clock,
    signal,
  });
}
