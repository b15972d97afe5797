// Findings that the owner of a task accepts, each with a written reason. They are shown as suppressed, never hidden.
import type { Finding } from '../task/findings.ts';
import type { TaskSpec } from '../task/spec.ts';

/** The findings, with the reason beside those that a suppression of the manifest covers (by code, and by file if named). */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: TaskSpec['suppressions'],
): readonly Finding[] {
  return findings.map((finding) => {
    const match = suppressions.find(
      ({ code, file }) => code === finding.code && (file === undefined || file === finding.file),
    );
    return match === undefined ? finding : { ...finding, suppressed: match.reason };
  });
}
