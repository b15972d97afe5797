// Time, processor time and memory of verifications.
import { readdir, readFile } from 'node:fs/promises';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { silentLog, systemClock } from '../../src/task/ports.ts';
import type { Memory } from '../../src/verify/cache/memory.ts';
import type { Family } from '../../src/verify/contract.ts';
import { verifyTask } from '../../src/verify/verify.ts';

export interface Subject {
  readonly folder: string;
  readonly dataset: string;
  readonly runtime: CountingRuntime;
  readonly memory?: Memory;
  readonly only?: readonly Family[];
}

export interface Measure {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A runtime that adds up the processor time of its jobs; that of loading packages into a warm process is not in it. */
export interface CountingRuntime extends PythonRuntime {
  readonly spentMs: () => number;
}

export function counting(runtime: PythonRuntime): CountingRuntime {
  let spent = 0;
  return {
    spentMs: () => spent,
    run: async (job, signal) => {
      const outcome = await runtime.run(job, signal);
      if (outcome.kind !== 'cancelled') spent += outcome.usage.cpuMs;
      return outcome;
    },
    identity: async () => (await runtime.identity?.()) ?? 'unknown',
    dispose: () => runtime.dispose(),
  };
}

/** One verification; the processor time is that of the jobs and of this process. */
export async function timed({ folder, runtime, ...options }: Subject): Promise<Measure> {
  const [started, jobs, before] = [performance.now(), runtime.spentMs(), process.cpuUsage()];
  const { signal } = new AbortController();
  await verifyTask(folder, { runtime, log: silentLog, clock: systemClock, signal, ...options });
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - started, cpuMs: runtime.spentMs() - jobs + (user + system) / 1000 };
}

const EVERY_MS = 300;

/**
 * The largest sum, in MiB, of the memory of this process and all below it while `job` runs; pages that processes share are
 * divided among them (PSS). Null where the system does not tell.
 */
export async function withPeak<Value>(job: () => Promise<Value>): Promise<{ value: Value; peakMiB: number }> {
  let peak = 0;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    const sizes = (await family(process.pid)).map(residentBytes);
    peak = Math.max(
      peak,
      (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0),
    );
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, EVERY_MS);
  const value = await job();
  clearInterval(timer);
  await looking.then(look);
  return { value, peakMiB: peak / 2 ** 20 };
}

async function family(pid: number): Promise<number[]> {
  const found = [pid];
  for (const parent of found) {
    const threads = await readdir(`/proc/${parent}/task`).catch(() => []);
    for (const thread of threads) {
      const children = await readFile(`/proc/${parent}/task/${thread}/children`, 'utf8').catch(() => '');
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

async function residentBytes(pid: number): Promise<number> {
  const told = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(told)?.[1] ?? 0) * 1024;
}

/** The value that a share of the others do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
