// What models have cost, in words.
import type { Cost } from '../agents/loop/cost.ts';

/** An unknown price is never zero. */
export function costText({ usd, tokens, calls }: Cost): string {
  const money = usd === null ? 'price unknown' : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
  return `${calls} calls, ${tokens} tokens, ${money}`;
}
