// The limits of a budget in words, for people who are asked to agree to them.
import type { Limits } from './budget.ts';

/** One sentence. */
export function limitsText({ usd, tokens, calls, minutes }: Limits): string {
  const caps = [
    usd === null ? null : `$${usd}`,
    tokens === null ? null : `${tokens} tokens`,
    calls === null ? null : `${calls} calls`,
    minutes === null ? null : `${minutes} min`,
  ].filter((cap) => cap !== null);
  return caps.length === 0 ? 'There is no limit on what it may cost.' : `Limits: ${caps.join(', ')}.`;
}
