// A model takes its seat: within a budget, with its price.
import type { Budget } from '../../models/budget.ts';
import { metered } from '../../models/metered.ts';
import type { ChatModel } from '../../models/port.ts';
import type { PriceList } from '../../models/prices.ts';
import type { Clock } from '../../task/ports.ts';
import type { Seat } from './conversation.ts';
import type { AgentName } from './events.ts';

export interface SeatTerms {
  readonly budget: Budget;
  readonly prices: PriceList;
  readonly clock: Clock;
  readonly seed: number;
}

/** A whole package fits into one answer; a small model's server may allow less, and then an agent writes file by file. */
export const maxOutputTokens = 16_000;

/** The stream of calls is the bill: each call is told with its price, so the meter itself need not keep one. */
export function meteredSeat(agent: AgentName, model: ChatModel, { budget, prices, clock, seed }: SeatTerms): Seat {
  const now = (): Date => new Date(clock.now());
  const label = { agent, stage: agent, task: null };
  return {
    agent,
    model: metered(model, { budget, prices, label, onEntry: () => {}, now }),
    price: (usage) => prices.cost(model.id, usage, now()),
    maxOutputTokens,
    seed,
  };
}
