// Bounds of a job that asks for none: wide enough for honest code on a small machine, and always there.
import type { Limits } from './port.ts';

const mebibyte = 2 ** 20;

export const defaultLimits: Limits = {
  wallSeconds: 300,
  cpuSeconds: 300,
  memoryBytes: 4096 * mebibyte,
  processes: 64,
  fileBytes: 1024 * mebibyte,
  diskBytes: 4096 * mebibyte,
  files: 200_000,
  outputBytes: 2 * mebibyte,
};
