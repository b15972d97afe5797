// The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors read.
import type { Json } from '../../task/canonical-json.ts';
import type { Finding, Range, Severity } from '../../task/findings.ts';
import { sha256 } from '../../task/hashing.ts';
import { toolName, toolVersion } from '../../task/version.ts';
import type { Check } from '../check.ts';
import type { VerificationReport } from '../contract.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** One log for all reports, one run each. `folders` says where each task lies in the repository, if that is known. */
export function sarifOfAll(
  reports: readonly VerificationReport[],
  catalogue: readonly Check[],
  folders: readonly (string | undefined)[],
): Json {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reports.map((report, index) => runOf(report, catalogue, folders[index])),
  };
}

/** The log of one report, with places relative to the task. */
export function sarifOf(report: VerificationReport, catalogue: readonly Check[]): Json {
  return sarifOfAll([report], catalogue, [undefined]);
}

/** Rules are the checks that ran. */
function runOf(report: VerificationReport, catalogue: readonly Check[], folder: string | undefined): Json {
  const ran = new Set(report.checks.map((check) => check.code));
  const rules = catalogue.filter((check) => ran.has(check.code));
  const index = new Map(rules.map((check, position) => [check.code, position]));
  const base = folder === undefined ? 'TASK' : '%SRCROOT%';
  const what = folder === undefined ? `The folder of the task ${report.task}.` : 'The root of the repository.';
  const prints = fingerprints(report.findings);
  return {
    tool: {
      driver: { name: 'MLE Forge', version: toolVersion, semanticVersion: toolVersion, rules: rules.map(ruleOf) },
    },
    // Code hosts keep the results of one task apart from those of another by this.
    automationDetails: { id: `${toolName}/${report.task}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [base]: { description: { text: what } } },
    invocations: [{ executionSuccessful: true }],
    results: report.findings.map((finding, position) => ({
      ...resultOf(finding, index.get(finding.code), { base, prefix: folder === undefined ? '' : `${folder}/` }),
      partialFingerprints: { 'finding/v1': prints[position] },
    })),
    properties: { verdict: report.verdict, package: report.package },
  };
}

/** By code, file and how often both came before: the same finding keeps its print when lines and figures change. */
function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, file }) => {
    const key = `${code} ${file}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return sha256(`${key} ${before}`).slice(0, 32);
  });
}

/** What places are relative to. */
interface Root {
  readonly base: string;
  readonly prefix: string;
}

function ruleOf(check: Check): Json {
  return {
    id: check.code,
    shortDescription: { text: check.title },
    fullDescription: { text: `${check.why} ${check.measured}` },
    help: {
      text: `${check.remedy} ${check.measured}`,
      markdown: `**Why.** ${check.why}\n\n**Measured.** ${check.measured}\n\n**Remedy.** ${check.remedy}`,
    },
    defaultConfiguration: { level: LEVELS[check.severity] },
    properties: { tags: [check.family], precision: 'high' },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, root: Root): { readonly [key: string]: Json } {
  return {
    ruleId: finding.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [locationOf(finding.file, finding.range, root)],
    ...(finding.related === undefined
      ? {}
      : {
          relatedLocations: finding.related.map(({ file, range, message }) => ({
            ...locationOf(file, range, root),
            message: { text: message },
          })),
        }),
    ...(finding.suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: finding.suppressed }] }),
    properties: { evidence: finding.evidence, remedy: finding.remedy },
  };
}

/** SARIF counts lines and columns from one. */
function locationOf(file: string, range: Range, { base, prefix }: Root): { readonly physicalLocation: Json } {
  return {
    physicalLocation: {
      artifactLocation: { uri: `${prefix}${file}`.split('/').map(encodeURIComponent).join('/'), uriBaseId: base },
      region: {
        startLine: range.start.line + 1,
        startColumn: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
      },
    },
  };
}
