// Several judges, one opinion: a claim counts when at least half of them quote overlapping text under the same line.
import { rubricLines } from '../../verify/review/judge-catalogue.ts';
import type { AgreedClaim } from '../../verify/review/review-record.ts';
import type { PlacedClaim } from './claims.ts';

export interface Ballot {
  /** Names the judge; two judges may be the same model. */
  readonly judge: string;
  readonly claims: readonly PlacedClaim[];
}

/** The agreed claims by line of the rubric, file and place. The words are those of the first judge that made the claim. */
export function agreedClaims(ballots: readonly Ballot[]): AgreedClaim[] {
  const needed = Math.ceil(ballots.length / 2);
  const votes = ballots.flatMap(({ judge, claims }, turn) => claims.map((claim) => ({ judge, turn, claim })));
  const sorted = votes.toSorted(
    (a, b) =>
      rubricLines.indexOf(a.claim.rubric) - rubricLines.indexOf(b.claim.rubric) ||
      (a.claim.file < b.claim.file ? -1 : a.claim.file > b.claim.file ? 1 : 0) ||
      a.claim.start - b.claim.start ||
      a.turn - b.turn,
  );
  const groups: (typeof votes)[] = [];
  let end = 0;
  for (const vote of sorted) {
    const before = groups.at(-1)?.at(-1)?.claim;
    const { claim } = vote;
    if (before?.rubric === claim.rubric && before.file === claim.file && claim.start < end) {
      groups.at(-1)?.push(vote);
      end = Math.max(end, claim.end);
    } else {
      groups.push([vote]);
      end = claim.end;
    }
  }
  return groups.flatMap((group) => {
    const turns = new Map(group.map(({ turn, judge }) => [turn, judge]));
    const first = group.toSorted((a, b) => a.turn - b.turn)[0];
    if (first === undefined || turns.size < needed) return [];
    const { start: _start, end: _end, ...claim } = first.claim;
    const judges = [...turns].sort(([a], [b]) => a - b).map(([, judge]) => judge);
    return [{ ...claim, judges }];
  });
}
