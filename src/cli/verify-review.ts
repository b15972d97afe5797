// verify --review: models judge a task beside the checks.
import { reviewTask } from '../agents/reviewer/review-task.ts';
import type { VerificationReport } from '../verify/contract.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { readManifest } from '../verify/package/manifest.ts';
import { withRecorded } from '../verify/recorded.ts';
import { isJudged, writeReview } from '../verify/review/review-record.ts';
import { type Arguments, usage } from './arguments.ts';
import type { Services } from './command.ts';
import { costText } from './cost-text.ts';
import { openRoom, type Room, seatOptions } from './model-seat.ts';
import { plain } from './terminal.ts';

/**
 * The judges that the flags ask for; null without --review.
 * @throws ForgeError for flags that do not go together, an unknown model, a missing key.
 */
export async function reviewRoom(args: Arguments, services: Services): Promise<Room | null> {
  const names = args.list('review');
  if (names === undefined) {
    const idle = Object.keys(seatOptions).find((name) => args.text(name) !== undefined);
    if (idle === undefined) return null;
    throw usage(`--${idle} has no effect without --review.`, 'Name a model with --review PROVIDER:MODEL.');
  }
  if (names.length === 0) throw usage('--review needs a model.', 'Write --review PROVIDER:MODEL.');
  if (args.flag('watch'))
    throw usage('--review and --watch do not go together.', 'Each save would cost money; ask for a review by itself.');
  if (args.flag('no-write'))
    throw usage('--review and --no-write do not go together.', 'A review is paid for, so it is kept with the task.');
  return openRoom('reviewer', names, 'the description, the manifest, metric.py, prepare.py', args, services);
}

/** The report with what the judges say; the review is kept with the task. */
export async function judged(
  folder: string,
  report: VerificationReport,
  room: Room,
  { clock, signal, terminal }: Services,
): Promise<VerificationReport> {
  const files = new PackageFiles(folder);
  const { manifest } = await readManifest(files);
  if (manifest === null) {
    terminal.complain('It was not judged: models judge packages of MLE Forge whose manifest follows the schema.');
    return report;
  }
  const { seats, sharedRows: rows, desk } = room;
  const review = await reviewTask({ files, manifest, seats, rows, desk, clock, signal });
  terminal.status('');
  for (const { model, stopped, claims, dropped } of review.judges) {
    if (stopped !== null) terminal.complain(`${model} gave no judgement: ${plain(stopped.reason)} (${stopped.code})`);
    else terminal.remark(`${model}: ${claims} claims, ${dropped} dropped since their quote is not in the task`);
  }
  terminal.remark(costText(room.cost()));
  if (!isJudged(review)) return report;
  await writeReview(folder, review);
  return withRecorded(report, new PackageFiles(folder));
}
