// The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors read.
import type { Json } from '../task/canonical-json.ts';
import type { Finding, Range, Severity } from '../task/findings.ts';
import type { Check } from './check.ts';
import type { VerificationReport } from './contract.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** One SARIF log with one run; rules are the checks that ran. */
export function sarifOf(report: VerificationReport, catalogue: readonly Check[]): Json {
  const ran = new Set(report.checks.map((check) => check.code));
  const rules = catalogue.filter((check) => ran.has(check.code));
  const index = new Map(rules.map((check, position) => [check.code, position]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'MLE Forge', rules: rules.map(ruleOf) } },
        originalUriBaseIds: { TASK: { description: { text: `The folder of the task ${report.task}.` } } },
        results: report.findings.map((finding) => resultOf(finding, index.get(finding.code))),
        properties: { verdict: report.verdict, package: report.package },
      },
    ],
  };
}

function ruleOf(check: Check): Json {
  return {
    id: check.code,
    shortDescription: { text: check.title },
    fullDescription: { text: `${check.why} ${check.measured}` },
    help: { text: check.remedy },
    defaultConfiguration: { level: LEVELS[check.severity] },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined): Json {
  return {
    ruleId: finding.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [locationOf(finding.file, finding.range)],
    ...(finding.related === undefined
      ? {}
      : {
          relatedLocations: finding.related.map(({ file, range, message }) => ({
            ...locationOf(file, range),
            message: { text: message },
          })),
        }),
    ...(finding.suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: finding.suppressed }] }),
    properties: { evidence: finding.evidence, remedy: finding.remedy },
  };
}

/** SARIF counts lines and columns from one. */
function locationOf(file: string, range: Range): { readonly physicalLocation: Json } {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'TASK' },
      region: {
        startLine: range.start.line + 1,
        startColumn: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
      },
    },
  };
}
