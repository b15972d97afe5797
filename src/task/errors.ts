// Errors meant for a person: what is wrong, and what to do about it. Everything else that is thrown is a bug.

/** Which exit status of the command line an error stands for (docs/cli.md). */
export type ErrorKind = 'input' | 'environment' | 'budget' | 'cancelled' | 'internal';

/**
 * An expected failure with its remedy. `code` is stable and may be scripted against; `message` names the file and the
 * problem; `remedy` says what the reader should do next.
 */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, kind: ErrorKind = 'input', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** The error that a cancelled operation ends with. */
export function cancelled(): ForgeError {
  return new ForgeError('CANCELLED', 'Cancelled.', 'Run the command again to start over.', 'cancelled');
}

/** Throws the cancellation error when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** A one-line description of anything that was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A refusal of the file system to let this user at a file, as an error for people; anything else comes back as it is. */
export function explainedRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return error;
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return error;
  return new ForgeError(
    'FILE_NOT_PERMITTED',
    `${String(error.path)} may not be read or written.`,
    'Give yourself the permission for it, or work on a copy.',
    'input',
    error,
  );
}
