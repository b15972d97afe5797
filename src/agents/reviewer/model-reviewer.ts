// The reviewer of a run: judges a built package and keeps the review with it.
import { PackageFiles } from '../../verify/package/files.ts';
import { readManifest } from '../../verify/package/manifest.ts';
import { isJudged, writeReview } from '../../verify/review/review-record.ts';
import type { Reviewer } from '../contracts.ts';
import { type ReviewRequest, reviewTask } from './review-task.ts';

/** Nothing is judged where there is no valid manifest: the structure checks say what is wrong with it. */
export function modelReviewer(options: Omit<ReviewRequest, 'files' | 'manifest' | 'signal'>): Reviewer {
  return async ({ folder }, { signal }) => {
    const files = new PackageFiles(folder);
    const { manifest } = await readManifest(files);
    if (manifest === null) return { silent: [] };
    const review = await reviewTask({ ...options, files, manifest, signal });
    if (isJudged(review)) await writeReview(folder, review);
    const silent = review.judges.flatMap(({ model, stopped }) =>
      stopped === null ? [] : [`${model} gave no judgement: ${stopped.reason}`],
    );
    return { silent };
  };
}
