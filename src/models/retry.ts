// When to try again, and how long to wait: a server's own wish is honoured even when it is long, up to a limit that is told.

export interface RetryPolicy {
  /** Attempts in total for one request on one rung, the first included. */
  readonly attempts: number;
  /** The same for time-outs, which cost minutes each. */
  readonly timeouts: number;
  /** The same for answers without content. */
  readonly empty: number;
  /** Longest wait that a server may ask for; beyond it the call fails and tells the wait. */
  readonly longestWaitMs: number;
  /** First wait of the exponential back-off, and its ceiling. */
  readonly firstWaitMs: number;
  readonly ceilingMs: number;
}

export const usualRetries: RetryPolicy = {
  attempts: 5,
  timeouts: 2,
  empty: 2,
  longestWaitMs: 5 * 60_000,
  firstWaitMs: 500,
  ceilingMs: 30_000,
};

/** What the server asks for, in ms: `retry-after-ms`, `retry-after` in seconds or as a date, or its own words. */
export function askedWait(headers: Headers | null, message: string, now: number): number | null {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = headers?.get('retry-after')?.trim() ?? '';
  if (after !== '') {
    const seconds = Number(after);
    if (seconds >= 0) return seconds * 1000;
    const date = Date.parse(after);
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  const words = /(?:try again|retry)(?: in| after)?:? (\d+(?:\.\d+)?) ?(ms|s\b|sec|m\b|min)/i.exec(message);
  if (words === null) return null;
  const unit = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000 }[words[2]?.toLowerCase() ?? 's'] ?? 1000;
  return Number(words[1]) * unit;
}

/** Exponential back-off with full jitter above its half, after `failures` failures (1, 2, ...). */
export function backOff({ firstWaitMs, ceilingMs }: RetryPolicy, failures: number, random: number): number {
  const whole = Math.min(ceilingMs, firstWaitMs * 2 ** (failures - 1));
  return Math.round(whole * (0.5 + random / 2));
}
