// Verification reports as JUnit XML, which continuous integration servers show: a suite per task, a case per check.
import type { VerificationReport } from '../verify/contract.ts';

/** One document for all reports. Errors fail a case; warnings and remarks are its output. */
export function junitOf(reports: readonly VerificationReport[]): string {
  const suites = reports.map(suiteOf).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites}</testsuites>\n`;
}

function suiteOf(report: VerificationReport): string {
  const cases = report.checks.map(({ code, status, reason }) => {
    const found = report.findings.filter((finding) => finding.code === code);
    const errors = found.filter((finding) => finding.severity === 'error' && finding.suppressed === undefined);
    const others = found.filter((finding) => !errors.includes(finding));
    const line = (finding: (typeof found)[number]): string =>
      `${finding.file}:${finding.range.start.line + 1} ${finding.message} ${finding.remedy}`;
    const parts = [
      ...errors.map((finding) => `<failure message="${xml(finding.message)}">${xml(line(finding))}</failure>`),
      ...(status === 'skipped' ? [`<skipped message="${xml(reason ?? '')}"/>`] : []),
      ...(others.length > 0 ? [`<system-out>${xml(others.map(line).join('\n'))}</system-out>`] : []),
    ];
    return {
      text: `<testcase classname="${xml(report.task)}" name="${code}">${parts.join('')}</testcase>`,
      failed: errors.length > 0,
    };
  });
  const failures = cases.filter((one) => one.failed).length;
  const skipped = report.checks.filter((check) => check.status === 'skipped').length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}"`;
  return `<testsuite name="${xml(report.task)}" ${counts}>\n${cases.map((one) => `${one.text}\n`).join('')}</testsuite>\n`;
}

/** Text as XML 1.0 content; characters that XML cannot hold are replaced. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
