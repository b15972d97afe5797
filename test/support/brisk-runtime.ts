// A runtime with tight limits, so that code which attacks or hangs is stopped soon. The limits of the product stay.
import type { Limits, PythonRuntime } from '../../src/runtime/port.ts';

/** Far below what the product allows, far above what an honest grader of a few hundred rows needs. */
const tight: Partial<Limits> = { cpuSeconds: 3, wallSeconds: 60, memoryBytes: 600 * 2 ** 20, processes: 12 };
/** Processor time of one call into a grader. */
const CALL_SECONDS = 0.5;

export interface BriskRuntime extends PythonRuntime {
  /** Processor time of all jobs so far, in milliseconds. */
  readonly spent: () => number;
}

/** Runs every job with the tighter of its own limits and these; calls into graders take half a second at most. */
export function brisk(runtime: PythonRuntime): BriskRuntime {
  let spent = 0;
  return {
    ...runtime,
    spent: () => spent,
    run: async (job, signal) => {
      const own = job.limits ?? {};
      const limits = { ...own };
      for (const [name, value] of Object.entries(tight) as [keyof Limits, number][])
        limits[name] = Math.min(own[name] ?? value, value);
      const timed = job.name === 'probes.metric_contract' || job.name === 'execute.panel';
      const args = timed ? { ...(job.args as Record<string, never>), seconds: CALL_SECONDS } : job.args;
      const outcome = await runtime.run({ ...job, args, limits }, signal);
      if (outcome.kind !== 'cancelled') spent += outcome.usage.cpuMs;
      return outcome;
    },
    dispose: () => runtime.dispose(),
  };
}
