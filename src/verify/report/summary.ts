// What every report says first: the verdict, the counts, and how each family of checks came out.
import { type Finding, severities } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import { FAMILY_TITLES } from '../checks-doc.ts';
import { type Family, families, type VerificationReport } from '../contract.ts';

/** How the checks of one family came out; each check counts once, by the worst that it found. */
export interface FamilyRow {
  readonly family: Family;
  readonly title: string;
  readonly passed: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly suppressed: number;
  readonly skipped: number;
}

export const outcomes = ['passed', 'error', 'warning', 'information', 'suppressed', 'skipped'] as const;

/** One row for each family that has checks in the report. */
export function familyRows({ checks, findings }: VerificationReport): FamilyRow[] {
  return families.flatMap((family) => {
    const mine = checks.filter(({ code }) => code.startsWith(family));
    if (mine.length === 0) return [];
    const counts = { passed: 0, error: 0, warning: 0, information: 0, suppressed: 0, skipped: 0 };
    for (const { code, status } of mine)
      counts[status === 'failed' ? worst(findings.filter((finding) => finding.code === code)) : status] += 1;
    return [{ family, title: FAMILY_TITLES[family], ...counts }];
  });
}

function worst(findings: readonly Finding[]): 'error' | 'warning' | 'information' | 'suppressed' {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  return severities.find((severity) => open.some((finding) => finding.severity === severity)) ?? 'suppressed';
}

/** Findings that decide first: errors, warnings, remarks, and at the end those that the owner accepts. */
export function ordered(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, suppressed }: Finding) => (suppressed === undefined ? severities.indexOf(severity) : 9);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

/** `2 errors, 1 warning, 1 suppressed`; `no findings` when there are none. */
export function counted(findings: readonly Finding[]): string {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const count = (what: string, number: number): string[] =>
    number === 0 ? [] : [`${number} ${what}${number === 1 ? '' : 's'}`];
  const of = (severity: Finding['severity']) => open.filter((finding) => finding.severity === severity).length;
  const silent = findings.length - open.length;
  const parts = [
    ...count('error', of('error')),
    ...count('warning', of('warning')),
    ...count('remark', of('information')),
    ...(silent === 0 ? [] : [`${silent} suppressed`]),
  ];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** What a task is, as pairs of a name and a value. */
export function atAGlance(spec: TaskSpec): readonly (readonly [string, string])[] {
  const { objective, objective_definition: asked, modality, target, metric, split, rows, dataset } = spec;
  return [
    ['Objective', `${objective} (${modality})${asked === undefined ? '' : `: ${asked}`}`],
    ['Target', target.columns.join(', ')],
    ['Metric', `${metricWord(metric)} (${metric.direction})`],
    ['Split', `${split.kind}${split.by.length > 0 ? ` by ${split.by.join(', ')}` : ''}`],
    ['Rows', `${rows.train} train, ${rows.test} test`],
    ['Dataset', `${dataset.name} (licence: ${dataset.licence})`],
  ];
}

/** A score in four significant digits; whole numbers are not cut. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** `code file:line`, one-based, as people write a place. */
export function place({ file, range }: Pick<Finding, 'file' | 'range'>): string {
  return `${file}:${range.start.line + 1}`;
}

/** Evidence as `name: value` pairs; long values are cut. */
export function evidenceOf(finding: Finding): string {
  const shown = (value: unknown): string => (typeof value === 'number' ? figure(value) : JSON.stringify(value));
  const pairs = Object.entries(finding.evidence).map(([name, value]) => `${name}: ${shown(value).slice(0, MAX_VALUE)}`);
  return pairs.join('; ');
}

const MAX_VALUE = 300;
