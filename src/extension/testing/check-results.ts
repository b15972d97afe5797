// What the Testing view says about a report: one result per check, with what was expected where the evidence tells.
import type { CheckResult, Finding } from '../../task/findings.ts';
import type { VerificationReport } from '../../verify/contract.ts';

export interface CheckTold extends CheckResult {
  /** Findings that make the check fail: errors and warnings that nobody has accepted. */
  readonly findings: readonly Finding[];
}

/** A check fails in the Testing view when it has something to say; polish and accepted findings do not count. */
export function checkResults({ checks, findings }: VerificationReport): CheckTold[] {
  return checks.map((check) => ({
    ...check,
    findings: findings.filter(
      ({ code, severity, suppressed }) => code === check.code && severity !== 'information' && suppressed === undefined,
    ),
  }));
}

/** Pairs of entries of the evidence that say what was promised and what was found. */
const PAIRS = [
  ['declared', 'measured'],
  ['declared', 'expected'],
  ['expected', 'score'],
  ['expected', 'found'],
  ['best', 'score'],
] as const;

/** Expected and actual value for a comparison; null when the evidence holds none. */
export function comparison({ evidence }: Finding): { expected: string; actual: string } | null {
  for (const [left, right] of PAIRS) {
    if (evidence[left] === undefined || evidence[right] === undefined) continue;
    // The registry is right and the manifest is not: there "declared" is the actual value.
    const turned = left === 'declared' && right === 'expected';
    const [expected, actual] = turned ? [evidence[right], evidence[left]] : [evidence[left], evidence[right]];
    return { expected: written(expected), actual: written(actual) };
  }
  return null;
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
