// Reports as JUnit XML, which continuous integration servers show: a suite per task and family, a case per check.
import type { CheckResult, Finding } from '../../task/findings.ts';
import { FAMILY_TITLES } from '../checks-doc.ts';
import { families, type VerificationReport } from '../contract.ts';
import { visible } from './escape.ts';
import { place } from './summary.ts';

/** One document for all reports. Errors fail a case; a case whose findings are all suppressed is skipped, with the reason. */
export function junitOf(reports: readonly VerificationReport[]): string {
  const suites = reports.flatMap(suitesOf);
  const sum = (count: 'tests' | 'failures' | 'skipped') => suites.reduce((total, suite) => total + suite[count], 0);
  const counts = `tests="${sum('tests')}" failures="${sum('failures')}" errors="0" skipped="${sum('skipped')}"`;
  const body = suites.map(({ text }) => text).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="MLE Forge" ${counts}>\n${body}</testsuites>\n`;
}

interface Counted {
  readonly text: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function suitesOf(report: VerificationReport): Counted[] {
  return families.flatMap((family) => {
    const checks = report.checks.filter(({ code }) => code.startsWith(family));
    if (checks.length === 0) return [];
    const name = xml(`${report.task} ${family} ${FAMILY_TITLES[family]}`);
    const cases = checks.map((check) => caseOf(report, check));
    const failures = cases.filter(({ kind }) => kind === 'failed').length;
    const skipped = cases.filter(({ kind }) => kind === 'skipped').length;
    const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
    const body = cases.map(({ text }) => text).join('');
    return [
      { text: `<testsuite name="${name}" ${counts}>\n${body}</testsuite>\n`, tests: cases.length, failures, skipped },
    ];
  });
}

function caseOf(report: VerificationReport, check: CheckResult): { text: string; kind: CheckResult['status'] } {
  const found = report.findings.filter(({ code }) => code === check.code);
  const errors = found.filter(({ severity, suppressed }) => severity === 'error' && suppressed === undefined);
  const others = found.filter((finding) => !errors.includes(finding));
  const silent = found.length > 0 && found.every(({ suppressed }) => suppressed !== undefined);
  const reason = silent ? `suppressed: ${found[0]?.suppressed}` : check.status === 'skipped' ? check.reason : undefined;
  const parts = [
    // A case has one result; further errors are told in its text.
    ...(errors[0] === undefined
      ? []
      : [`<failure type="error" message="${xml(errors[0].message)}">${xml(errors.map(line).join('\n'))}</failure>`]),
    ...(reason === undefined ? [] : [`<skipped message="${xml(reason)}"/>`]),
    ...(others.length > 0 ? [`<system-out>${xml(others.map(line).join('\n'))}</system-out>`] : []),
  ];
  const head = `<testcase classname="${xml(`${report.task}.${check.code.slice(0, 3)}`)}" name="${check.code}"`;
  return {
    text: `${head}>${parts.join('')}</testcase>\n`,
    kind: errors.length > 0 ? 'failed' : reason === undefined ? 'passed' : 'skipped',
  };
}

function line(finding: Finding): string {
  const { severity, message, remedy, suppressed } = finding;
  const end = suppressed === undefined ? remedy : `(suppressed: ${suppressed})`;
  return visible(`${place(finding)} ${severity}: ${message} ${end}`);
}

/** Text as XML 1.0 content or attribute; characters that XML cannot hold are replaced. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
