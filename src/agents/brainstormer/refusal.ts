// Why nothing is proposed: one honest sentence for a person, with the figures.
import type { BrainstormInput, BrainstormOutput } from '../contracts.ts';
import type { Dropped } from './idea.ts';
import { FEWEST_TEST_ROWS, testShare } from './rules/test-size.ts';
import { count } from './words/figures.ts';

type Refusal = NonNullable<BrainstormOutput['refused']>;

/** The commonest ground among the dropped ideas; or, when there was no idea at all, what the dataset lacks. */
export function refusalOf(input: BrainstormInput, dropped: readonly Dropped[]): Refusal {
  const { tables, media } = input.profile;
  if (tables.length === 0 && media.length === 0) {
    return { code: 'NO_DATA', reason: 'No table and no collection of images, sounds or texts was found.' };
  }
  const rows = Math.max(0, ...tables.map((table) => table.rows), ...media.map((item) => item.count));
  if (rows * testShare(rows) < FEWEST_TEST_ROWS) {
    return {
      code: 'TOO_FEW_ROWS',
      reason: `The largest part of the dataset has ${count(rows)} rows; fewer than ${FEWEST_TEST_ROWS} of them could be held out, which ranks nobody.`,
    };
  }
  const first = commonest(dropped);
  if (first === undefined) {
    return {
      code: 'NO_TARGET',
      reason: 'No column is worth predicting from the others: what varies are identifiers, free remarks or times.',
    };
  }
  const more = dropped.length > 1 ? ` (${count(dropped.length)} ideas were looked at)` : '';
  return { code: first.code, reason: `${first.idea}: ${first.reason}${more}` };
}

function commonest(dropped: readonly Dropped[]): Dropped | undefined {
  const times = new Map<string, number>();
  for (const item of dropped) times.set(item.code, (times.get(item.code) ?? 0) + 1);
  return dropped.toSorted((a, b) => (times.get(b.code) ?? 0) - (times.get(a.code) ?? 0))[0];
}
