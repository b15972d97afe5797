// What a door lends to the tools: how it forges, verifies and grades, so that its own views hear of it too.
import type { ForgeEvent } from '../forge/events.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import type { Log } from '../task/ports.ts';
import type { Family, VerificationReport, VerifyOptions } from '../verify/contract.ts';
import type { Grade } from '../verify/runs/grade-submission.ts';

export interface Progress {
  readonly message: string;
  /** How many of `total` pieces are done, where that is known. */
  readonly done?: number;
  readonly total?: number;
}

/** One call of a tool. */
export interface Call {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

export interface ForgeCall {
  readonly dataset: string;
  readonly out: string;
  readonly maxTasks: number;
  /** The door's own when absent. */
  readonly seed?: number;
  /** Id of a run in `out` to go on with. */
  readonly resume?: string;
}

export interface VerifyCall {
  readonly task: string;
  readonly dataset?: string;
  readonly only?: readonly Family[];
}

/** The last verification of a task. */
export interface LastReport {
  readonly report: VerificationReport;
  /** Whether the files are still those that were verified. */
  readonly isCurrent: boolean;
}

export interface ToolHost {
  readonly log: Log;
  /** Folders that tools may read and write below. */
  roots(): readonly string[];
  /** Where the tasks of a dataset go unless told otherwise. @throws ForgeError when that is not open to the tools. */
  outFor(dataset: string): string;
  /** Python for work at a place. @throws ForgeError of kind `environment`. */
  runtime(place: string, signal: AbortSignal): Promise<PythonRuntime>;
  /** Runs to the end and tells every event. A cancelled run ends without an error. */
  forge(request: ForgeCall, signal: AbortSignal, onEvent: (event: ForgeEvent) => void): Promise<void>;
  verify(
    request: VerifyCall,
    signal: AbortSignal,
    onCheck: NonNullable<VerifyOptions['onCheck']>,
  ): Promise<VerificationReport>;
  grade(task: string, submission: string, signal: AbortSignal): Promise<Grade>;
  /** Null for a task that was never verified. */
  lastReport(task: string): Promise<LastReport | null>;
}
