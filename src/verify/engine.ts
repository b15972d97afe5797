// Runs families of checks one after another. A check that breaks is itself a finding, and the others go on.
import { describeError, ForgeError, throwIfCancelled } from '../task/errors.ts';
import type { Finding } from '../task/findings.ts';
import type { TaskSpec } from '../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, type FamilyChecks, findingOf, skipped } from './check.ts';

/**
 * Runs the checks that one measurement serves. What they need from the task but do not find there they must report
 * themselves; anything they throw means that nothing was proved, so each becomes a failed check with a finding of its own
 * severity: a task is not accepted on a check that did not run.
 */
export async function* guarded(
  checks: readonly Check[],
  context: CheckContext,
  measure: () => Promise<readonly CheckOutcome[]>,
): AsyncIterable<CheckOutcome> {
  throwIfCancelled(context.signal);
  let outcomes: readonly CheckOutcome[];
  try {
    outcomes = await measure();
  } catch (error) {
    rethrowFatal(error);
    context.log.write('error', `${checks.map((c) => c.code).join(', ')}: ${describeError(error)}`);
    outcomes = checks.map((check) => unproven(check, describeError(error)));
  }
  yield* outcomes;
}

/** The outcome of a check that could not be carried out, and why. */
export function unproven(check: Check, why: string): CheckOutcome {
  const finding = findingOf(check, {
    message: `Not proven: ${check.title} The check could not be completed: ${why}.`.replace(/\.\.$/, '.'),
    file: 'task.json',
    evidence: { incomplete: true },
    remedy: 'Run the verification again; if it happens again, look at the log and at the files that the check reads.',
  });
  return { code: check.code, status: 'failed', reason: 'not completed', findings: [finding] };
}

/** The outcomes of one family, exactly one for each of its checks, in the order of the catalogue as far as it yields so. */
export async function* runFamily(family: FamilyChecks, context: CheckContext): AsyncIterable<CheckOutcome> {
  const pending = new Map(family.checks.map((check) => [check.code, check]));
  try {
    for await (const outcome of family.run(context)) {
      if (pending.delete(outcome.code)) yield outcome;
      else throw new Error(`${family.family} yields ${outcome.code} twice or without a row in the catalogue`);
    }
  } catch (error) {
    rethrowFatal(error);
    context.log.write('error', `${family.family}: ${describeError(error)}`);
    for (const check of pending.values()) yield unproven(check, describeError(error));
    return;
  }
  for (const check of pending.values()) yield skipped(check, 'not reached');
}

/** The outcomes of checks that rest on the manifest; all are skipped without one. */
export async function* withManifest(
  checks: readonly Check[],
  { manifest }: CheckContext,
  run: (manifest: TaskSpec) => AsyncIterable<CheckOutcome>,
): AsyncIterable<CheckOutcome> {
  if (manifest === null) yield* checks.map((check) => skipped(check, 'task.json does not follow the schema'));
  else yield* run(manifest);
}

/** All checks of a family skipped for one reason. */
export function skipFamily(family: FamilyChecks, reason: string): CheckOutcome[] {
  return family.checks.map((check) => skipped(check, reason));
}

/** Cancellation and an unusable environment end the verification; everything else belongs to one check. */
function rethrowFatal(error: unknown): void {
  if (error instanceof ForgeError && (error.kind === 'cancelled' || error.kind === 'environment')) throw error;
}

/** Findings in one order for equal packages: by code, file, place and message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = (f: Finding): (string | number)[] => [
    f.code,
    f.file,
    f.range.start.line,
    f.range.start.character,
    f.message,
  ];
  return [...findings].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    for (const [index, value] of left.entries()) {
      const other = right[index] ?? '';
      if (value < other) return -1;
      if (value > other) return 1;
    }
    return 0;
  });
}
