// The reviewing judge: models read a task by a rubric and quote what they find wrong.
import { BudgetStop } from '../../models/budget.ts';
import { layout } from '../../task/layout.ts';
import type { Clock } from '../../task/ports.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { PackageFiles } from '../../verify/package/files.ts';
import { type JudgedFile, type JudgedRows, judgedFiles, materialHash } from '../../verify/review/material.ts';
import { type Review, reviewOf } from '../../verify/review/review-record.ts';
import { Conversation, type Seat } from '../loop/conversation.ts';
import type { Desk } from '../loop/desk.ts';
import { quoted } from '../loop/quoted.ts';
import { prompt } from '../prompts.ts';
import { answerSchema, placedClaims } from './claims.ts';
import { agreedClaims, type Ballot } from './vote.ts';

export interface ReviewRequest {
  readonly files: PackageFiles;
  readonly manifest: TaskSpec;
  /** One judge per seat; a model that sits twice judges twice, with other seeds. */
  readonly seats: readonly Seat[];
  readonly rows: JudgedRows;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const MOST_NAMES = 20;

/**
 * What the judges say about a task. A judge that refuses or gives no usable answer is recorded, and the others count.
 * @throws ForgeError when an endpoint fails for good, or on cancellation.
 */
export async function reviewTask(request: ReviewRequest): Promise<Review> {
  const { files, manifest, seats, rows } = request;
  const material = await judgedFiles(files, manifest, rows);
  const system = prompt('reviewer');
  const question = prompt('reviewer-task', {
    task: manifest.id,
    rows: rows === 'none' ? 'no row' : `${rows} ${rows === 1 ? 'row' : 'rows'}`,
    files: await publicNames(files),
    material: material.map(({ file, shown }) => quoted(file, shown, Number.POSITIVE_INFINITY)).join('\n\n'),
  });
  const judges: Review['judges'] = [];
  const ballots: Ballot[] = [];
  for (const [index, seat] of seats.entries()) {
    const answer = await judge(request, seat, index, { system: system.text, question: question.text }, material);
    const { model } = seat;
    if (answer.kind === 'stopped') {
      judges.push({
        model: model.id,
        stopped: { code: answer.code, reason: answer.reason },
        claims: 0,
        dropped: 0,
      });
      continue;
    }
    const { placed, dropped } = placedClaims(answer.value.claims, material);
    judges.push({ model: model.id, stopped: null, claims: placed.length, dropped });
    ballots.push({ judge: model.id, claims: placed });
  }
  const claims = agreedClaims(ballots);
  return reviewOf({ material: materialHash(material), rows, prompt: system.sha256, judges, claims });
}

/** A spent budget silences the judges that are left; what the others have said was paid for and counts. */
async function judge(
  { desk, clock, signal, manifest }: ReviewRequest,
  seat: Seat,
  index: number,
  texts: { system: string; question: string },
  material: readonly JudgedFile[],
) {
  const conversation = new Conversation({
    desk,
    // A second judgement of the same model with the same seed would be the first one again.
    seat: seat.seed === null ? seat : { ...seat, seed: seat.seed + index },
    task: manifest.id,
    about: { material: materialHash(material), judge: index },
    system: texts.system,
    clock,
    signal,
  });
  conversation.say(texts.question);
  try {
    return await conversation.askFor('judgement', answerSchema(material));
  } catch (error) {
    if (!(error instanceof BudgetStop)) throw error;
    return { kind: 'stopped' as const, code: error.code, reason: error.message };
  }
}

/** Names of public files, which may be hostile like any text of a package. */
async function publicNames(files: PackageFiles): Promise<string> {
  const names = (await files.list()).filter((file) => file.startsWith(`${layout.publicData}/`));
  const shown = names.slice(0, MOST_NAMES).map((name) => name.slice(layout.publicData.length + 1));
  const left = names.length - shown.length;
  return quoted('public files', [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'));
}
