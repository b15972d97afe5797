// The report as Markdown, for a comment on a pull request.
import type { Finding } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { Rung, VerificationReport } from '../contract.ts';
import { markdown, markdownCode } from './escape.ts';
import { atAGlance, counted, evidenceOf, familyRows, figure, ordered, outcomes, place } from './summary.ts';

/** One document; `spec` is absent when task.json does not follow the schema. */
export function markdownReport(report: VerificationReport, spec: TaskSpec | null): string {
  const { task, verdict, findings, ladder } = report;
  const parts = [
    `## ${markdown(spec?.title ?? task)}: ${verdict}`,
    `${markdownCode(task)}: ${counted(findings)}.`,
    ...(spec === null
      ? []
      : [
          table(
            ['Task', ''],
            atAGlance(spec).map(([name, value]) => [name, markdown(value)]),
          ),
        ]),
    matrix(report),
    ...(findings.length === 0 ? [] : ['### Findings', ordered(findings).map(findingItem).join('\n')]),
    ...(ladder.length === 0 ? [] : ['### Baselines', ladderTable(ladder)]),
    ...skipped(report),
    `Package ${markdownCode(report.package.slice(0, 12))}; the codes are explained in docs/checks.md of MLE Forge.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function matrix(report: VerificationReport): string {
  const rows = familyRows(report).map((row) => [
    `${row.family} ${row.title}`,
    ...outcomes.map((outcome) => (row[outcome] === 0 ? '' : String(row[outcome]))),
  ]);
  return table(['Checks', ...outcomes], rows, outcomes.length);
}

function findingItem(finding: Finding): string {
  const { code, severity, message, remedy, suppressed } = finding;
  const evidence = evidenceOf(finding);
  const head = suppressed === undefined ? `**${severity}**` : `suppressed ${severity}`;
  const lines = [
    `- ${head} ${code} ${markdownCode(place(finding))}: ${markdown(message)}`,
    suppressed === undefined ? `  Remedy: ${markdown(remedy)}` : `  Accepted by the owner: ${markdown(suppressed)}`,
    ...(evidence === '' ? [] : [`  Evidence: ${markdownCode(evidence)}`]),
  ];
  return lines.join('  \n');
}

function ladderTable(ladder: readonly Rung[]): string {
  const range = ([low, high]: readonly [number, number]): string => `${figure(low)} to ${figure(high)}`;
  const rows = ladder.map(({ name, score, ci95, gain }) => [
    name,
    figure(score),
    range(ci95),
    gain === null ? '' : figure(gain.value),
    gain === null ? '' : range(gain.ci95),
  ]);
  return table(['baseline', 'score', '95 % interval', 'gain', '95 % interval'], rows, 4);
}

function skipped({ checks }: VerificationReport): string[] {
  const rows = checks.flatMap(({ code, status, reason }) =>
    status === 'skipped' ? [[code, markdown(reason ?? '')]] : [],
  );
  if (rows.length === 0) return [];
  const body = table(['check', 'reason'], rows);
  return [`<details><summary>${rows.length} checks skipped</summary>\n\n${body}\n\n</details>`];
}

/** A table whose last `numbers` columns are aligned to the right. Cells are Markdown already. */
function table(header: readonly string[], rows: readonly (readonly string[])[], numbers = 0): string {
  const rule = header.map((_, index) => (index >= header.length - numbers ? '--:' : '---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
