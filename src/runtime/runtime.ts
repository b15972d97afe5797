// The Python runtime: warm jobs fork from one zygote, cold jobs get an interpreter of their own; all are contained.
import { tmpdir } from 'node:os';
import { ForgeError } from '../task/errors.ts';
import type { Log } from '../task/ports.ts';
import { identify } from './identity.ts';
import { probeIsolation } from './isolation.ts';
import { defaultLimits } from './limits.ts';
import { MountGuard } from './mount-guard.ts';
import type { JobOutcome, PythonJob, PythonRuntime } from './port.ts';
import { findPythonHalf, workerEnvironment } from './python-half.ts';
import { Slots } from './slots.ts';
import { type Answer, WorkerProcess } from './worker-process.ts';

/** As many jobs at once as the smallest supported machine has cores. */
const jobsAtOnce = 2;
/** A cancelled job that has not answered by then is killed with its worker. */
const cancelGraceMs = 1500;

export interface RuntimeOptions {
  /** Path of the interpreter. */
  readonly python: string;
  /** `required` refuses to run without a sandbox; `allow-none` needs the user's consent. */
  readonly isolation: 'required' | 'allow-none';
  /** `auto` takes a zygote on Linux and fresh interpreters elsewhere. */
  readonly mode?: 'auto' | 'zygote' | 'cold';
  readonly pythonHalf?: string;
  /** Folder for the temporary files of jobs that run without a sandbox. */
  readonly scratch?: string;
  readonly log: Log;
}

/** Starts nothing until the first job. */
export function createPythonRuntime(options: RuntimeOptions): PythonRuntime {
  return new Runtime(options);
}

class Runtime implements PythonRuntime {
  readonly #options: RuntimeOptions;
  readonly #half: string;
  readonly #warm: boolean;
  readonly #slots = new Slots(jobsAtOnce);
  readonly #mounts = new MountGuard();
  readonly #cold = new Set<WorkerProcess>();
  #zygote: WorkerProcess | undefined;
  #contained: Promise<boolean> | undefined;
  #identity: Promise<string> | undefined;
  #disposed = false;
  #next = 1;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#half = findPythonHalf(options.pythonHalf);
    this.#warm = options.mode === 'zygote' || (options.mode !== 'cold' && process.platform === 'linux');
  }

  async run<Result>(job: PythonJob<Result>, signal: AbortSignal): Promise<JobOutcome<Result>> {
    if (this.#disposed)
      throw new ForgeError('RUNTIME_ENDED', 'The Python runtime has ended.', 'Start the operation again.', 'internal');
    const release = await this.#slots.take(signal);
    if (release === undefined) return { kind: 'cancelled' };
    try {
      // Its packages take longer to load than the isolation to be tried.
      if (this.#warm && job.mode !== 'cold') this.#warmWorker();
      this.#contained ??= this.#isolation();
      const contained = await this.#contained;
      if (signal.aborted) return { kind: 'cancelled' };
      const sent = await this.#send(job, contained, signal);
      // No job can reach the zygote, so its end (the machine ran out of memory, say) tells nothing about this one.
      const again = sent.orphaned && !signal.aborted && !this.#disposed;
      return outcomeOf(job, again ? (await this.#send(job, contained, signal)).answer : sent.answer);
    } finally {
      release();
    }
  }

  identity(): Promise<string> {
    this.#identity ??= identify(this.#options.python, this.#half);
    return this.#identity;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const workers = [...this.#cold, ...(this.#zygote === undefined ? [] : [this.#zygote])];
    await Promise.all(workers.map((worker) => worker.kill()));
  }

  async #isolation(): Promise<boolean> {
    const probed = await probeIsolation(this.#options.python, this.#half);
    if (probed.kind === 'namespaces') return true;
    if (probed.kind === 'impossible')
      throw new ForgeError('NO_JOBS', `Nothing can run on this machine: ${probed.detail}.`, probed.fix, 'environment');
    if (this.#options.isolation === 'required') {
      throw new ForgeError(
        'NO_ISOLATION',
        `Generated code cannot be isolated on this machine: ${probed.detail}.`,
        probed.fix,
        'environment',
      );
    }
    this.#options.log.write('warn', `Running without isolation, as you allowed: ${probed.detail}.`);
    return false;
  }

  /** The answer, and whether the shared worker has ended before there was one. */
  async #send<Result>(
    job: PythonJob<Result>,
    contained: boolean,
    signal: AbortSignal,
  ): Promise<{ answer: Answer; orphaned: boolean }> {
    const mounts = await this.#mounts.check(job.mounts);
    const warm = this.#warm && job.mode !== 'cold';
    const worker = warm ? this.#warmWorker() : this.#coldWorker(job.hashSeed ?? 0);
    const id = this.#next++;
    const stop = () => {
      if (warm) worker.cancel(id);
      else worker.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const asked = worker.ask({
        id,
        name: job.name,
        args: job.args,
        mounts,
        limits: { ...defaultLimits, ...job.limits },
        contained,
        logFile: job.logFile ?? null,
        scratch: this.#options.scratch ?? tmpdir(),
      });
      const answer = await Promise.race([asked, this.#givenUp(id, signal)]);
      return { answer, orphaned: contained && warm && answer.kind === 'crashed' && !worker.alive };
    } finally {
      signal.removeEventListener('abort', stop);
      if (!warm) {
        this.#cold.delete(worker);
        await worker.kill();
      }
    }
  }

  /** Answers for a worker that does not react to a cancellation in time. */
  #givenUp(id: number, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const wait = () =>
        setTimeout(
          () => resolve({ kind: 'cancelled', id, log: '', usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 } }),
          cancelGraceMs,
        ).unref();
      signal.addEventListener('abort', wait, { once: true });
    });
  }

  #warmWorker(): WorkerProcess {
    if (this.#zygote?.alive !== true) {
      this.#zygote = new WorkerProcess({
        python: this.#options.python,
        mode: 'zygote',
        environment: workerEnvironment(this.#half),
      });
    }
    return this.#zygote;
  }

  #coldWorker(hashSeed: number): WorkerProcess {
    const worker = new WorkerProcess({
      python: this.#options.python,
      mode: 'once',
      environment: workerEnvironment(this.#half, hashSeed),
    });
    this.#cold.add(worker);
    return worker;
  }
}

function outcomeOf<Result>(job: PythonJob<Result>, answer: Answer): JobOutcome<Result> {
  const { log, usage } = answer;
  switch (answer.kind) {
    case 'done': {
      const value = job.result.safeParse(answer.value);
      if (value.success) return { kind: 'done', value: value.data, log, usage };
      const [issue] = value.error.issues;
      return {
        kind: 'crashed',
        reason: `the result of ${job.name} does not fit at ${issue?.path.join('.')}: ${issue?.message}`,
        log,
        usage,
      };
    }
    case 'raised':
      return {
        kind: 'raised',
        error: { type: answer.type, message: answer.message, frames: answer.frames },
        log,
        usage,
      };
    case 'limit':
      return { kind: 'limit', limit: answer.limit, allowed: answer.allowed, log, usage };
    case 'crashed':
      return { kind: 'crashed', reason: answer.reason, log, usage };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'unusable':
      throw new ForgeError(
        'SANDBOX',
        `The sandbox could not be set up: ${answer.reason}.`,
        'Run mle-forge doctor.',
        'environment',
      );
  }
}
