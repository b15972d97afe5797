// A report in which some families were asked anew and the others stand as they were.
import { verdictOf } from '../task/findings.ts';
import { inCatalogueOrder } from './catalogue.ts';
import type { Family, VerificationReport } from './contract.ts';
import { sortFindings } from './engine.ts';

/**
 * The report after `part`, which holds the answers of `asked` alone, was made on newer bytes. What the other families said
 * is kept: right only where nothing that they depend on has changed.
 */
export function mergeReport(
  known: VerificationReport | null,
  part: VerificationReport,
  asked: readonly Family[],
): VerificationReport {
  if (known === null) return part;
  const kept = (code: string): boolean => !asked.some((family) => code.startsWith(family));
  const findings = sortFindings([...known.findings.filter(({ code }) => kept(code)), ...part.findings]);
  const checks = [...known.checks.filter(({ code }) => kept(code)), ...part.checks];
  return {
    task: part.task,
    verdict: verdictOf(findings),
    package: part.package,
    findings,
    checks: inCatalogueOrder(checks),
    ladder: asked.includes('EXE') ? part.ladder : known.ladder,
  };
}
