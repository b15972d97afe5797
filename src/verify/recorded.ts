// What models have said about a task and is kept with it: reviews of judges and runs of solvers. A verification asks no model;
// it repeats what is recorded, as long as it is about the package as it is.
import { verdictOf } from '../task/findings.ts';
import type { TaskSpec } from '../task/spec.ts';
import { inCatalogueOrder, recordedChecks } from './catalogue.ts';
import type { CheckOutcome } from './check.ts';
import type { Family, VerificationReport } from './contract.ts';
import { sortFindings } from './engine.ts';
import { solverOutcomes } from './execution/solver-checks.ts';
import type { PackageFiles } from './package/files.ts';
import { readManifest } from './package/manifest.ts';
import { judgedOutcomes } from './review/judged.ts';
import { applySuppressions } from './suppressions.ts';

/** The outcomes that records of the chosen families give. */
export async function recordedOutcomes(
  files: PackageFiles,
  manifest: TaskSpec,
  families: readonly Family[],
): Promise<CheckOutcome[]> {
  return [
    ...(families.includes('REV') ? await judgedOutcomes(files, manifest) : []),
    ...(families.includes('EXE') ? await solverOutcomes(files) : []),
  ];
}

/** The report with what the records in the package say now in place of what earlier ones said. */
export async function withRecorded(report: VerificationReport, files: PackageFiles): Promise<VerificationReport> {
  const { manifest } = await readManifest(files);
  if (manifest === null) return report;
  const codes = new Set(recordedChecks.map(({ code }) => code));
  const outcomes = await recordedOutcomes(files, manifest, ['REV', 'EXE']);
  const said = outcomes.flatMap((outcome) => outcome.findings);
  const others = report.findings.filter(({ code }) => !codes.has(code));
  const findings = sortFindings([...others, ...applySuppressions(said, manifest.suppressions)]);
  const results = outcomes.map(({ code, status, reason }) => ({
    code,
    status,
    ...(reason === undefined ? {} : { reason }),
  }));
  const checks = inCatalogueOrder([...report.checks.filter(({ code }) => !codes.has(code)), ...results]);
  return { ...report, verdict: verdictOf(findings), findings, checks };
}
