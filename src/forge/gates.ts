// The gates that a draft passes on its way, and what each asks of verification.
import { z } from 'zod';
import { checkResultSchema, type Finding, findingSchema } from '../task/findings.ts';
import { hashTree } from '../task/hashing.ts';
import { layout } from '../task/layout.ts';
import { type Family, families, rungSchema, type VerificationReport, type VerifyOptions } from '../verify/contract.ts';

export type Verify = (folder: string, options: VerifyOptions) => Promise<VerificationReport>;

export const gateResult = z.strictObject({
  findings: z.array(findingSchema),
  checks: z.array(checkResultSchema),
  ladder: z.array(rungSchema),
  /** Hash of the staging folder afterwards: the execution leaves its runs there. */
  tree: z.string(),
});
export type GateResult = z.infer<typeof gateResult>;

/** What the package is made of; families that need nothing but its files. */
export const fileFamilies: readonly Family[] = ['STR', 'SEC'];

/** What solvers make of it, honest ones and cheating ones: one verification, so that the later take the scores of the first. */
export const executionFamilies: readonly Family[] = ['EXE', 'STA', 'ADV'];

/** Families between the assertions and the execution: they read and measure the built package. */
export const reviewFamilies: readonly Family[] = families.filter(
  (f) => f !== 'PRE' && !fileFamilies.includes(f) && !executionFamilies.includes(f),
);

/** Runs families one verification at a time: an error in one does not keep the next from looking. */
export async function runGate(
  folder: string,
  groups: readonly (readonly Family[])[],
  verify: Verify,
  options: VerifyOptions,
): Promise<GateResult> {
  const reports: VerificationReport[] = [];
  for (const only of groups) reports.push(await verify(folder, { ...options, only }));
  return {
    findings: reports.flatMap((report) => report.findings),
    checks: reports.flatMap((report) => report.checks),
    ladder: reports.flatMap((report) => report.ladder),
    tree: await hashTree(folder),
  };
}

/** Findings that decide: errors that nobody has accepted in writing. */
export function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === 'error' && finding.suppressed === undefined);
}

/** Whether a finding only says that something could not be measured. */
export function isIncomplete({ evidence }: Finding): boolean {
  return evidence['incomplete'] === true;
}

/** A draft may lack what the Refactor adds; these findings come back after it if they still hold. */
export function withoutRefactorsWork(result: GateResult): GateResult {
  const pending = (finding: Finding): boolean =>
    [finding.file, finding.evidence['file']].some(
      (file) => file === layout.readme || file === layout.publicDescription,
    );
  return { ...result, findings: result.findings.filter((finding) => !pending(finding)) };
}
