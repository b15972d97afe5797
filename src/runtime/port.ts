// The port through which the core runs Python. Everything that touches data or generated code goes through here.
import type { z } from 'zod';
import type { Json } from '../task/canonical-json.ts';

/**
 * A job is a function `run(args, paths)` of the Python half, named `package.module`
 * (`dataset.profile` is `forge_runtime/dataset/profile.py`). `paths` maps each mount's name to where it is for the job.
 */
export interface PythonJob<Result> {
  readonly name: `${'dataset' | 'probes' | 'execute'}.${string}`;
  readonly args: Json;
  /** What the job must return; anything else is a bug in the Python half, or a forged result. */
  readonly result: z.ZodType<Result>;
  readonly mounts: readonly Mount[];
  readonly limits?: Partial<Limits>;
  /** `cold` starts a new interpreter; `warm` (the default) takes a pre-imported one where the platform allows. */
  readonly mode?: 'warm' | 'cold';
  /** PYTHONHASHSEED of a cold run, for determinism checks. */
  readonly hashSeed?: number;
  /** Host file that receives standard output and error while the job runs. */
  readonly logFile?: string;
}

export interface Mount {
  readonly name: string;
  /** Absolute path on this machine: a folder or a file. */
  readonly host: string;
  readonly access: 'read' | 'write';
}

export interface Limits {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Sum of the resident memory of the job's processes. */
  readonly memoryBytes: number;
  readonly processes: number;
  /** Largest single file that may be written. */
  readonly fileBytes: number;
  /** Total of the writable mounts. */
  readonly diskBytes: number;
  /** Number of files in the writable mounts. */
  readonly files: number;
  /** Standard output and error together. */
  readonly outputBytes: number;
}

export type LimitName = 'wall' | 'cpu' | 'memory' | 'processes' | 'file' | 'disk' | 'files' | 'output';

export interface StackFrame {
  readonly file: string;
  /** One-based, as Python reports it. */
  readonly line: number;
  readonly function: string;
}

export interface PythonError {
  readonly type: string;
  readonly message: string;
  /** Outermost first. Files inside a mount are given as `<mount name>/relative/path`. */
  readonly frames: readonly StackFrame[];
}

export interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** How a job ended. Failures of the code under test are values; only an unusable environment throws. */
export type JobOutcome<Result> =
  | { readonly kind: 'done'; readonly value: Result; readonly log: string; readonly usage: Usage }
  | { readonly kind: 'raised'; readonly error: PythonError; readonly log: string; readonly usage: Usage }
  | {
      readonly kind: 'limit';
      readonly limit: LimitName;
      readonly allowed: number;
      readonly log: string;
      readonly usage: Usage;
    }
  | { readonly kind: 'crashed'; readonly reason: string; readonly log: string; readonly usage: Usage }
  | { readonly kind: 'cancelled' };

export interface PythonRuntime {
  /**
   * Runs one job in the sandbox.
   * @throws ForgeError of kind `environment` when no usable interpreter, package or isolation exists.
   */
  run<Result>(job: PythonJob<Result>, signal: AbortSignal): Promise<JobOutcome<Result>>;
  /** Hash of all code that decides a result: Python half, interpreter, packages. Without it results are not remembered. */
  identity?(): Promise<string>;
  /** Ends every worker; the runtime is unusable afterwards. */
  dispose(): Promise<void>;
}
