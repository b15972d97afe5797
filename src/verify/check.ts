// What a check is (data), what it answers, and how the families plug into the engine.
import type { PythonRuntime } from '../runtime/port.ts';
import { type CheckResult, type Finding, fileStart, type Range, type Severity } from '../task/findings.ts';
import type { Log } from '../task/ports.ts';
import type { TaskSpec } from '../task/spec.ts';
import type { Memory } from './cache/memory.ts';
import type { Family, Rung } from './contract.ts';
import type { PackageFiles } from './package/files.ts';
import type { Counterexample } from './runs/counterexamples.ts';

/** One row of the catalogue. The documentation, the severities and the remedies all come from here. */
export interface Check {
  /** Stable code, for instance `LEK004`. */
  readonly code: string;
  readonly family: Family;
  /** Severity of its findings, unless a finding says that it weighs less. */
  readonly severity: Severity;
  /** The one sentence that a passing check proves. */
  readonly title: string;
  /** Why it matters, with the failure that motivates it. */
  readonly why: string;
  /** How it is measured, with its thresholds. */
  readonly measured: string;
  readonly remedy: string;
}

/** Makes the rows of one family's catalogue. */
export function rowsOf(
  family: Family,
): (code: string, severity: Severity, details: Omit<Check, 'code' | 'family' | 'severity'>) => Check {
  return (code, severity, details) => ({ code, family, severity, ...details });
}

/** What every check may look at. `manifest` is null when task.json does not follow the schema. */
export interface CheckContext {
  readonly folder: string;
  readonly files: PackageFiles;
  readonly manifest: TaskSpec | null;
  readonly runtime: PythonRuntime;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** What earlier verifications measured. */
  readonly memory: Memory;
  /** Raw dataset, absent when the verifier was started without it. */
  readonly dataset?: string;
  /** Filled by the execution family: the baselines with their scores, worst first. */
  readonly ladder: Rung[];
}

export interface CheckOutcome extends CheckResult {
  readonly findings: readonly Finding[];
  /** Submissions that show the findings, kept as files beside the report. */
  readonly counterexamples?: readonly Counterexample[];
}

/** A family yields one outcome per check of its catalogue; the engine fills in those that it does not reach. */
export interface FamilyChecks {
  readonly family: Family;
  readonly checks: readonly Check[];
  /** The families that must have ended before this one starts; all earlier ones when absent. Others run beside it. */
  readonly after?: readonly Family[];
  /**
   * What may begin as soon as the families of `after` have ended, although the outcomes have to wait for others. It must
   * be shared with `run` (see `oncePer`). When the family turns out to be blocked, it is given up.
   */
  readonly ahead?: { readonly after: readonly Family[]; start(context: CheckContext): Promise<unknown> };
  run(context: CheckContext): AsyncIterable<CheckOutcome>;
}

export interface FindingDetails {
  readonly message: string;
  readonly file: string;
  readonly range?: Range;
  readonly evidence?: Finding['evidence'];
  readonly severity?: Severity;
  readonly remedy?: string;
  readonly related?: Finding['related'];
}

/** A finding of a check: code, severity and remedy come from the catalogue unless the details say otherwise. */
export function findingOf(check: Check, details: FindingDetails): Finding {
  const { related } = details;
  return {
    code: check.code,
    severity: details.severity ?? check.severity,
    message: details.message,
    file: details.file,
    range: details.range ?? fileStart,
    evidence: details.evidence ?? {},
    remedy: details.remedy ?? check.remedy,
    ...(related === undefined ? {} : { related }),
  };
}

/** The outcome of a check that ran: failed when it found something. */
export function concluded(check: Check, findings: readonly Finding[]): CheckOutcome {
  return { code: check.code, status: findings.length === 0 ? 'passed' : 'failed', findings };
}

/** The outcome of a check that does not apply or could not start, with the reason that people read. */
export function skipped(check: Check, reason: string): CheckOutcome {
  return { code: check.code, status: 'skipped', reason, findings: [] };
}
