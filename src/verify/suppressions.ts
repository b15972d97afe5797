// Findings that the owner of a task accepts, each with a written reason. They are shown as suppressed, never hidden.
import type { CheckResult, Finding } from '../task/findings.ts';
import { layout } from '../task/layout.ts';
import type { TaskSpec } from '../task/spec.ts';
import { type CheckOutcome, concluded, findingOf } from './check.ts';
import type { PackageFiles } from './package/files.ts';
import { structureCatalogue } from './structure/catalogue.ts';

const check = structureCatalogue.suppressions;

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

/**
 * STR023: suppressions that suppress nothing. One for a check that did not run says nothing yet. An empty reason does not
 * come this far: the schema of the manifest refuses it.
 */
export async function checkSuppressions(
  files: PackageFiles,
  suppressions: TaskSpec['suppressions'],
  findings: readonly Finding[],
  ran: readonly CheckResult[],
  known: ReadonlySet<string>,
): Promise<CheckOutcome> {
  const found: Finding[] = [];
  for (const [index, { code, file }] of suppressions.entries()) {
    const covers = findings.some((finding) => finding.code === code && (file === undefined || file === finding.file));
    const exists = known.has(code);
    const done = ran.some((check) => check.code === code && check.status !== 'skipped');
    if (covers || (exists && !done)) continue;
    const what = exists
      ? `The suppression of ${code}${file === undefined ? '' : ` in ${file}`} covers no finding.`
      : `The suppression names ${JSON.stringify(code)}, and there is no such check.`;
    const range = await files.manifestEntry('suppressions', index, 'code');
    const evidence = { code, ...(file === undefined ? {} : { file }) };
    found.push(findingOf(check, { message: what, file: layout.manifest, range, evidence }));
  }
  return concluded(check, found);
}
