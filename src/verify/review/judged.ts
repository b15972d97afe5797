// The findings that follow from the review of a judge, as long as the task still says what the judge has read.
import type { Finding } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import type { PackageFiles } from '../package/files.ts';
import { judgeCatalogue, judgeChecks, rubricLines } from './judge-catalogue.ts';
import { type JudgedFile, judgedFiles, materialHash, placeOfQuote } from './material.ts';
import { type AgreedClaim, type Review, readReview } from './review-record.ts';

const MOST_WORDS = 600;

/**
 * What the review in a package says today: nothing without one; all of it skipped when the task was changed since. The record may
 * come from elsewhere like the rest of a package; all that it can do is warn.
 */
export async function judgedOutcomes(files: PackageFiles, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const review = await readReview(files.folder);
  if (review === null) return [];
  const material = await judgedFiles(files, manifest, review.rows);
  const answered = review.judges.filter(({ stopped }) => stopped === null).map(({ model }) => model);
  if (answered.length === 0) {
    const why = review.judges[0]?.stopped?.reason ?? '';
    return judgeChecks.map((check) => skipped(check, `no judge gave a judgement: ${why}`));
  }
  if (materialHash(material) !== review.material) {
    const reason = `the task was changed since ${answered.join(', ')} judged it; verify --review asks again`;
    return judgeChecks.map((check) => skipped(check, reason));
  }
  return rubricLines.map((line) => {
    const claims = review.claims.filter(({ rubric }) => rubric === line);
    const outcome = concluded(
      judgeCatalogue[line],
      claims.flatMap((claim) => findingsOf(claim, review, answered.length, material)),
    );
    return { ...outcome, reason: `judged by ${answered.join(', ')}` };
  });
}

/** A claim as a finding at its quote; none when the quote is not there. */
function findingsOf(claim: AgreedClaim, review: Review, judges: number, material: readonly JudgedFile[]): Finding[] {
  const file = material.find((candidate) => candidate.file === claim.file);
  const place = file === undefined ? null : placeOfQuote(file.text, claim.quote);
  if (place === null) return [];
  const check = judgeCatalogue[claim.rubric];
  const votes = claim.judges.length;
  const agreed = judges === 1 ? '' : ` (${votes} of ${judges} judges)`;
  const remedy = oneLine(claim.remedy);
  return [
    findingOf(check, {
      message: `A judge says: ${oneLine(claim.problem)}${agreed}`,
      file: claim.file,
      range: place.range,
      severity: claim.weight === 'minor' ? 'information' : check.severity,
      evidence: {
        quote: claim.quote,
        rubric: claim.rubric,
        judges: claim.judges,
        votes,
        of: judges,
        prompt: review.prompt,
      },
      ...(remedy === '' ? {} : { remedy }),
    }),
  ];
}

/** What a model wrote, as one line of bounded length. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
}
