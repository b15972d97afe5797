// A finding is what verification has to say about one place: code, severity, evidence, remedy.
import { z } from 'zod';

export const severities = ['error', 'warning', 'information'] as const;
export type Severity = (typeof severities)[number];

const positionSchema = z.strictObject({ line: z.int().min(0), character: z.int().min(0) });

/** Zero-based lines and UTF-16 characters, as in the language-server protocol. */
export const rangeSchema = z.strictObject({ start: positionSchema, end: positionSchema });
export type Range = z.infer<typeof rangeSchema>;

export const findingSchema = z.strictObject({
  /** Stable code of the check, for instance `LEK004`. */
  code: z.string().regex(/^[A-Z]{3}\d{3}$/),
  severity: z.enum(severities),
  /** One or two sentences that stand alone, with the measured figures. */
  message: z.string().min(1),
  /** Path relative to the task folder, with forward slashes. A finding about a folder sits on `task.json`. */
  file: z.string().min(1),
  range: rangeSchema,
  /** Figures and examples that a person can check by hand. */
  evidence: z.record(z.string(), z.json()),
  /** What to do about it. */
  remedy: z.string().min(1),
  /** Places that contradict or explain this one. */
  related: z.array(z.strictObject({ file: z.string(), range: rangeSchema, message: z.string() })).optional(),
  /** Written reason from the manifest; a suppressed finding is shown, and does not decide the verdict. */
  suppressed: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const checkStatuses = ['passed', 'failed', 'skipped'] as const;

export const checkResultSchema = z.strictObject({
  code: z.string(),
  status: z.enum(checkStatuses),
  /** Why a check was skipped. */
  reason: z.string().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export type Verdict = 'accepted' | 'rejected';

/** The start of a file: the place of a finding that concerns the file as a whole. */
export const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A whole line, zero-based; `length` is the line's length in characters. */
export function lineRange(line: number, length: number): Range {
  return { start: { line, character: 0 }, end: { line, character: length } };
}

/** `accepted` only when no error is left unsuppressed. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  return findings.some((f) => f.severity === 'error' && f.suppressed === undefined) ? 'rejected' : 'accepted';
}

/** How many findings there are of each severity, suppressed ones left out. */
export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  for (const finding of findings) if (finding.suppressed === undefined) counts[finding.severity] += 1;
  return counts;
}
