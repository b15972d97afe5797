// A runtime in which scripts say what they will score: for tests of the solver that need no Python.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JobOutcome, PythonJob, PythonRuntime } from '../../src/runtime/port.ts';

export interface SolverRuntime extends PythonRuntime {
  /** The jobs so far: their name, and the host paths of their mounts by name. */
  readonly jobs: readonly { readonly name: string; readonly mounts: Readonly<Record<string, string>> }[];
}

const usage = { wallMs: 5, cpuMs: 5, peakBytes: 1 };
const drawn = 20;

/**
 * A script scores what it says after `score=` on the practice task and after `test=` (else the same) on the real one; it
 * fails with what it says after `raise=`, is refused after `invalid`, and prints what it says after `print=`.
 */
export function solverRuntime(): SolverRuntime {
  const jobs: { name: string; mounts: Record<string, string> }[] = [];
  return {
    jobs,
    dispose: async () => {},
    run: async (job, signal) => {
      const mounts = Object.fromEntries(job.mounts.map(({ name, host }) => [name, host]));
      jobs.push({ name: job.name, mounts });
      if (signal.aborted) return { kind: 'cancelled' };
      return outcomeOf(job, mounts);
    },
  };
}

function outcomeOf<Result>(job: PythonJob<Result>, mounts: Record<string, string>): JobOutcome<Result> {
  const done = (value: unknown, log = ''): JobOutcome<Result> => ({
    kind: 'done',
    value: job.result.parse(value),
    log,
    usage,
  });
  switch (job.name) {
    case 'execute.holdout':
      return done({ train: 6, test: 2, how: 'random rows' });
    case 'execute.scratch':
    case 'execute.solve': {
      const script = readFileSync(mounts['script'] ?? '', 'utf8');
      const log = /print=(.*)/.exec(script)?.[1] ?? '';
      const problem = /raise=(.*)/.exec(script)?.[1];
      if (problem !== undefined) {
        const frames = [{ file: 'script', line: 3, function: 'solve' }];
        return { kind: 'raised', error: { type: 'ValueError', message: problem, frames }, log, usage };
      }
      if (job.name === 'execute.scratch') return done({}, log);
      const practice = (mounts['public'] ?? '').includes('mle-forge-practice-');
      const score = /score=([\d.]+)/.exec(script)?.[1] ?? (script.includes('strong') ? '0.7' : '0.5');
      const text = practice ? score : (/test=([\d.]+)/.exec(script)?.[1] ?? score);
      writeFileSync(path.join(mounts['work'] ?? '', 'submission.csv'), script.includes('invalid') ? 'invalid' : text);
      return done({ written: true, bytes: 3, strays: [] }, log);
    }
    case 'execute.grade': {
      const results = Object.entries(mounts).flatMap(([name, host]) => {
        if (!name.startsWith('submission_')) return [];
        const text = readFileSync(host, 'utf8');
        const score = Number(text);
        const resampled = Array.from({ length: drawn }, (_, draw) => score + draw / 1000);
        const result = Number.isNaN(score)
          ? { kind: 'invalid', message: 'It holds no number.' }
          : { kind: 'valid', score, resampled };
        return [[name.slice('submission_'.length), result]];
      });
      return done({ rows: 2, results: Object.fromEntries(results) });
    }
    default:
      throw new Error(`No test plans the job ${job.name}.`);
  }
}
