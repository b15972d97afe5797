// The review of a judge as it is kept with a task, beside its report.
import path from 'node:path';
import { z } from 'zod';
import { prettyJson } from '../../task/canonical-json.ts';
import { layout } from '../../task/layout.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { obstacle, writeInPackage } from '../package/write.ts';
import { rubricLines } from './judge-catalogue.ts';

const RECORD_VERSION = 1;
const MOST_BYTES = 1_000_000;
const MOST_CLAIMS = 200;

const count = z.int().min(0);

const claimSchema = z.strictObject({
  rubric: z.enum(rubricLines),
  /** `minor`: it weighs as information, whatever the line of the rubric. */
  weight: z.enum(['serious', 'minor']),
  file: z.string().min(1),
  quote: z.string().min(1),
  problem: z.string().min(1),
  remedy: z.string(),
  /** The judges that quoted this place under this line of the rubric. */
  judges: z.array(z.string()).min(1),
});
export type AgreedClaim = z.infer<typeof claimSchema>;

const judgeSchema = z.strictObject({
  model: z.string(),
  /** Why it gave no judgement; null when it did. */
  stopped: z.strictObject({ code: z.string(), reason: z.string() }).nullable(),
  claims: count,
  /** Claims whose quote is not in the file that they name. */
  dropped: count,
});

const reviewSchema = z.strictObject({
  version: z.literal(RECORD_VERSION),
  /** Hash of what the judges read. The review says nothing about any other text. */
  material: z.string(),
  /** How many rows of each table they read. */
  rows: z.union([count, z.literal('none')]),
  /** Hash of the prompt. */
  prompt: z.string(),
  judges: z.array(judgeSchema).min(1),
  /** What at least half of the judges that answered agree on. */
  claims: z.array(claimSchema).max(MOST_CLAIMS),
});
export type Review = z.infer<typeof reviewSchema>;

/** A review without its version. */
export function reviewOf(review: Omit<Review, 'version'>): Review {
  return { version: RECORD_VERSION, ...review, claims: review.claims.slice(0, MOST_CLAIMS) };
}

/** Whether any judge gave a judgement: else there is nothing to keep. */
export function isJudged({ judges }: Review): boolean {
  return judges.some(({ stopped }) => stopped === null);
}

/** The review in a package; null when there is none that can be read. */
export async function readReview(folder: string): Promise<Review | null> {
  if ((await obstacle(folder, layout.review)) !== null) return null;
  const file = await readRegularFile(path.join(folder, layout.review), MOST_BYTES);
  if (file.kind !== 'file') return null;
  try {
    return reviewSchema.safeParse(JSON.parse(file.content.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps a review with its task. @throws ForgeError when that place is a link. */
export async function writeReview(folder: string, review: Review): Promise<void> {
  await writeInPackage(folder, layout.review, prettyJson(review));
}
