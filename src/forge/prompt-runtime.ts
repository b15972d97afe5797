// A runtime whose jobs end for their caller the moment that the signal fires, however long their processes take to die.
import type { JobOutcome, PythonJob, PythonRuntime } from '../runtime/port.ts';

/** `runtime`, answering `cancelled` at once; it goes on to end the job's processes itself. */
export function promptRuntime(runtime: PythonRuntime): PythonRuntime {
  const { identity } = runtime;
  return {
    run: (job, signal) => promptly(runtime, job, signal),
    ...(identity === undefined ? {} : { identity: () => identity.call(runtime) }),
    dispose: () => runtime.dispose(),
  };
}

async function promptly<Result>(
  runtime: PythonRuntime,
  job: PythonJob<Result>,
  signal: AbortSignal,
): Promise<JobOutcome<Result>> {
  if (signal.aborted) return { kind: 'cancelled' };
  let onAbort = (): void => {};
  const aborted = new Promise<JobOutcome<Result>>((resolve) => {
    onAbort = () => resolve({ kind: 'cancelled' });
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([runtime.run(job, signal), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
