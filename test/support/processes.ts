// Processes as Linux tells of them, for tests that nothing is left running.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Processes below one. */
export function descendants(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** Those so many generations below a process, or more: 1 is what `descendants` gives. */
export function below(pid: number, generations: number): number[] {
  return generations === 1 ? descendants(pid) : childrenOf(pid).flatMap((child) => below(child, generations - 1));
}

function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

/** Whether a process still runs; one that waits to be collected by its parent does not. */
function isRunning(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
  return stat !== '' && !/^ [ZX] /.test(stat.slice(stat.lastIndexOf(')') + 1));
}

/** Those that still run after so many milliseconds; comes back as soon as none does. */
export async function goneWithin(pids: readonly number[], ms: number): Promise<number[]> {
  const end = Date.now() + ms;
  while (Date.now() < end && pids.some(isRunning)) await sleep(50);
  return pids.filter(isRunning);
}
