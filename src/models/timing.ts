// Time as an effect: retries wait through this port, so that a test need not.
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../task/ports.ts';

export interface Timing extends Clock {
  /** Waits; ends early, without an error, when the signal fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to 1 for jitter. */
  random(): number;
}

export const systemTiming: Timing = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
  random: () => Math.random(),
};
