// From an outcome to a value or a sentence.
import { cancelled, ForgeError } from '../task/errors.ts';
import type { JobOutcome } from './port.ts';

/** One sentence on why a job gave no value; never a stack trace. */
export function describeFailure(outcome: Exclude<JobOutcome<unknown>, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'raised': {
      const frame = outcome.error.frames.at(-1);
      const place = frame === undefined ? '' : ` (${frame.file}:${frame.line})`;
      return `${outcome.error.type}: ${outcome.error.message}${place}`;
    }
    case 'limit':
      return `stopped at its ${outcome.limit} limit (${outcome.allowed})`;
    case 'crashed':
      return `ended without a result: ${outcome.reason}`;
    case 'cancelled':
      return 'cancelled';
  }
}

/** The value of a job that must succeed. Failures of the user's data become a ForgeError with the given code and remedy. */
export function valueOrThrow<Result>(outcome: JobOutcome<Result>, code: string, what: string, remedy: string): Result {
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'cancelled') throw cancelled();
  throw new ForgeError(code, `${what}: ${describeFailure(outcome)}`, remedy);
}
