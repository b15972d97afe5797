// What calls of models have cost together.
import type { ModelCall } from './events.ts';

export interface Cost {
  /** US dollars; null when a call was made whose price is not known. */
  readonly usd: number | null;
  readonly tokens: number;
  readonly calls: number;
}

export const freeOfCharge: Cost = { usd: 0, tokens: 0, calls: 0 };

/** The cost with one more call. Answers that were known already cost nothing. */
export function withCall(cost: Cost, { usage, usd, reused }: ModelCall): Cost {
  if (reused) return cost;
  return {
    usd: cost.usd === null || usd === null ? null : cost.usd + usd,
    tokens: cost.tokens + usage.input + usage.output,
    calls: cost.calls + 1,
  };
}
