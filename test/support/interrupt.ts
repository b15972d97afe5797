// Ends a command line at a moment that a server can see.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from './command-line.ts';

/** Sends the signal once the server has got so many requests, and a while later if that is asked for. `at` is told when. */
export function endAfter(
  bodies: readonly unknown[],
  requests: number,
  signal: 'SIGINT' | 'SIGKILL',
  { laterMs = 0, at = () => {} }: { readonly laterMs?: number; readonly at?: (moment: number) => void } = {},
): Invocation {
  return {
    onStart: async (child: ChildProcess) => {
      while (bodies.length < requests && child.exitCode === null) await sleep(20);
      await sleep(laterMs);
      at(Date.now());
      child.kill(signal);
    },
  };
}
