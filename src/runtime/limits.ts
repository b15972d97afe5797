// Bounds of a job that asks for none: wide enough for honest code on a small machine, and always there.
import type { Limits } from './port.ts';

const mebibyte = 2 ** 20;
// A machine that is shared slows a job down; what it may compute must not depend on that, or a task would be accepted on
// a quiet machine and rejected on a busy one. The clock only ends what waits for ever.
const wallPerCpu = 4;

/** Limits of time for a job that may compute for so many seconds. */
export function timeLimits(cpuSeconds: number): Pick<Limits, 'cpuSeconds' | 'wallSeconds'> {
  return { cpuSeconds, wallSeconds: wallPerCpu * cpuSeconds };
}

export const defaultLimits: Limits = {
  ...timeLimits(300),
  memoryBytes: 4096 * mebibyte,
  processes: 64,
  fileBytes: 1024 * mebibyte,
  diskBytes: 4096 * mebibyte,
  files: 200_000,
  outputBytes: 2 * mebibyte,
};
