// One Python worker process: JSON messages out, JSON answers back, and an end that leaves nothing behind.
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { z } from 'zod';

const usageSchema = z.object({ wallMs: z.number(), cpuMs: z.number(), peakBytes: z.number() });
const frameSchema = z.object({ file: z.string(), line: z.number(), function: z.string() });
const limitNames = ['wall', 'cpu', 'memory', 'processes', 'file', 'disk', 'files', 'output'] as const;
const noUsage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };
const told = {
  id: z.number(),
  log: z.string().default(''),
  usage: usageSchema.nullish().transform((usage) => usage ?? noUsage),
};

/** What a worker answers about one job. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), value: z.unknown(), ...told }),
  z.object({ kind: z.literal('raised'), type: z.string(), message: z.string(), frames: z.array(frameSchema), ...told }),
  z.object({ kind: z.literal('limit'), limit: z.enum(limitNames), allowed: z.number(), ...told }),
  z.object({ kind: z.literal('crashed'), reason: z.string(), ...told }),
  z.object({ kind: z.literal('cancelled'), ...told }),
  /** The trusted side could not set the job up. */
  z.object({ kind: z.literal('unusable'), reason: z.string(), ...told }),
]);
export type Answer = z.infer<typeof answerSchema>;

const identified = z.object({ id: z.number() });

/** Enough for the last lines of a traceback. */
const stderrKept = 4000;

export interface WorkerOptions {
  readonly python: string;
  readonly mode: 'zygote' | 'once';
  readonly environment: Readonly<Record<string, string>>;
}

export class WorkerProcess {
  readonly #child;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** Settles when the process has ended; never rejects. */
  readonly ended: Promise<void>;
  #alive = true;
  #stderr = '';

  constructor({ python, mode, environment }: WorkerOptions) {
    // Its own id tells the worker, once it has started, whether this process still lives.
    // `detached` makes a process group of its own, so that one signal reaches everything below it.
    this.#child = execa(python, ['-s', '-P', '-m', 'forge_runtime.worker', mode, String(process.pid)], {
      env: { ...environment },
      extendEnv: false,
      detached: process.platform !== 'win32',
      stdin: 'pipe',
      buffer: false,
      reject: false,
      cleanup: true,
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-stderrKept);
    });
    this.#child.stdin?.on('error', () => {}); // A worker that has ended cannot be written to; `ended` tells.
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    this.ended = this.#child.then(
      () => this.#end(),
      () => this.#end(),
    );
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Sends one job; the answer is `crashed` when the process ends before it answers. */
  ask(message: { readonly id: number } & Record<string, unknown>): Promise<Answer> {
    return new Promise((resolve) => {
      if (!this.#alive) {
        resolve(this.#lost(message.id));
        return;
      }
      this.#waiting.set(message.id, resolve);
      this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
    });
  }

  /** Asks a zygote to stop one job. */
  cancel(id: number): void {
    if (this.#alive) this.#child.stdin?.write(`${JSON.stringify({ cancel: id })}\n`);
  }

  /** Asks a one-shot worker to end its job, tidy up and go. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** Kills the process and everything in its group. */
  async kill(): Promise<void> {
    if (!this.#alive) return;
    const { pid } = this.#child;
    try {
      if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It ended by itself in between.
    }
    await this.ended;
  }

  #take(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return; // Not a message: something of a library that printed before the channel was taken over.
    }
    const answer = answerSchema.safeParse(message);
    if (!answer.success) {
      // Hostile code can forge its own report; an ill-formed one must not leave the caller waiting.
      const known = identified.safeParse(message);
      if (known.success) this.#settle(crashed(known.data.id, 'its report is not in the expected form'));
      return;
    }
    this.#settle(answer.data);
  }

  #settle(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  #end(): void {
    this.#alive = false;
    for (const [id, resolve] of this.#waiting) resolve(this.#lost(id));
    this.#waiting.clear();
  }

  #lost(id: number): Answer {
    const said = this.#stderr.trim().split('\n').at(-1) ?? '';
    return crashed(id, `the worker process ended${said === '' ? '' : `: ${said}`}`);
  }
}

function crashed(id: number, reason: string): Answer {
  return { kind: 'crashed', id, reason, log: '', usage: noUsage };
}
