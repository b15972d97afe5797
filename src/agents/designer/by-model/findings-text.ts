// Findings as a model reads them: what is wrong, where, the figures, the remedy.
import type { Finding } from '../../../task/findings.ts';
import { layout } from '../../../task/layout.ts';
import { shownNumber } from '../../tools/names.ts';

/** More would drown the ones that matter; errors come first. */
const MOST_FINDINGS = 14;
const MOST_EVIDENCE = 700;
const rank = { error: 0, warning: 1, information: 2 } as const;

/** What the Refactor and the publisher add is no work of the Designer. */
function isOthersWork({ file, evidence }: Finding): boolean {
  return [file, evidence['file']].some((name) => name === layout.readme || name === layout.publicDescription);
}

/** The findings that concern a Designer. */
export function ownFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => !isOthersWork(finding) && finding.suppressed === undefined);
}

/** A list that starts with the errors. */
export function findingsText(findings: readonly Finding[]): string {
  const sorted = findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
  const shown = sorted.slice(0, MOST_FINDINGS).map((finding) => {
    const { code, severity, file, range, message, remedy, evidence } = finding;
    const figures = JSON.stringify(evidence, (_, value) =>
      typeof value === 'number' ? Number(shownNumber(value)) : value,
    );
    const cut = figures.length > MOST_EVIDENCE ? `${figures.slice(0, MOST_EVIDENCE)}…` : figures;
    return `- ${severity} ${code} at ${file}:${range.start.line + 1}: ${message}\n  evidence: ${cut}\n  remedy: ${remedy}`;
  });
  const more = sorted.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
