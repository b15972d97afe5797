// What a judge is asked to answer, and which of it counts: claims that quote what they are about.
import { z } from 'zod';
import { type RubricLine, rubricLines } from '../../verify/review/judge-catalogue.ts';
import { type JudgedFile, placeOfQuote } from '../../verify/review/material.ts';

/** The answer in the subset of schemas that every endpoint takes: a root object, all keys required, enums, no patterns. */
export function answerSchema(files: readonly JudgedFile[]) {
  const [first, ...others] = files.map(({ file }) => file);
  if (first === undefined) throw new Error('There is nothing to judge.');
  const claim = z.strictObject({
    rubric: z.enum(rubricLines),
    weight: z.enum(['serious', 'minor']),
    file: z.enum([first, ...others]),
    quote: z.string(),
    problem: z.string(),
    remedy: z.string(),
  });
  return z.strictObject({ claims: z.array(claim) });
}

export interface Claim {
  readonly rubric: RubricLine;
  readonly weight: 'serious' | 'minor';
  readonly file: string;
  readonly quote: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A claim with the place of its quote, in characters of its file. */
export interface PlacedClaim extends Claim {
  readonly start: number;
  readonly end: number;
}

/** The claims whose quote is in the file that they name, and how many others there were. */
export function placedClaims(
  claims: readonly Claim[],
  files: readonly JudgedFile[],
): { placed: PlacedClaim[]; dropped: number } {
  const placed = claims.flatMap((claim): PlacedClaim[] => {
    const file = files.find((candidate) => candidate.file === claim.file);
    const place = file === undefined ? null : placeOfQuote(file.text, claim.quote);
    if (place === null || claim.problem.trim() === '') return [];
    return [{ ...claim, start: place.start, end: place.end }];
  });
  return { placed, dropped: claims.length - placed.length };
}
