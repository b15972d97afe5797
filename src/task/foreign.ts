// A task that others made, in their layout: where its parts are and how its grader is called. Recognised by
// src/exchange, checked by src/verify; neither needs to know the other.

/** What an argument of a grading function stands for; with `path` the file instead of the table. */
export type GraderRole = 'submission' | 'answers' | 'key' | 'submission path' | 'answers path';

/** How a suite calls its grader. */
export interface GraderInterface {
  readonly kind: 'function' | 'class';
  /** The function, or the class with `evaluate(y_true, y_pred)` and `validate_submission(submission, ground_truth)`. */
  readonly name: string;
  /** The arguments of a function in order. */
  readonly roles: readonly GraderRole[];
  /** The exception by which the grader refuses a submission. */
  readonly invalid: string;
  /** Id column as far as the layout names it; else empty. */
  readonly key: string;
}

/** Which score is better, and the file that says so. */
export interface DeclaredDirection {
  readonly direction: 'maximize' | 'minimize';
  readonly file: string;
  /** Best and last score that are written there. */
  readonly best: number;
  readonly last: number;
}

export const foreignFormats = ['mle-bench', 'mle-dojo', 'plain'] as const;
export type ForeignFormat = (typeof foreignFormats)[number];

export interface ForeignTask {
  readonly format: ForeignFormat;
  /** Absolute path of the task. The files below are relative to it, with forward slashes. */
  readonly folder: string;
  readonly id: string;
  readonly grader: string;
  /** Dotted name under which the grader runs, so that its own imports resolve. */
  readonly module: string;
  readonly interface: GraderInterface;
  /** Sources of modules that the grader imports from the checkout around the task, by dotted name. */
  readonly helpers: Readonly<Record<string, string>>;
  readonly prepare: string | null;
  readonly description: string | null;
  /** Directions that leaderboards imply. */
  readonly boards: readonly DeclaredDirection[];
  /** Absolute paths of data files that are there. */
  readonly data: {
    readonly answers: string | null;
    readonly sample: string | null;
    readonly train: string | null;
    readonly test: string | null;
  };
  /** The raw dataset where it lies with the task. */
  readonly raw: string | null;
}
