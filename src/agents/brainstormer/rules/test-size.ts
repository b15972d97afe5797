// How large the test part should be.

/** Fewer test rows give intervals of more than ±14 points: such a task ranks nobody. */
export const FEWEST_TEST_ROWS = 50;
/** Below this many test rows the task may stand, but its page must say that scores are rough. */
export const ROUGH_TEST_ROWS = 200;
/** A class with fewer test rows makes every macro average as noisy as itself. */
export const FEWEST_CLASS_ROWS = 10;
const USUAL = 0.25;
const LARGE = 20_000;
const LARGE_SHARE = 0.2;
const MOST = 0.35;

/** A quarter usually, a fifth of large tables, and up to 35 % where a quarter would give fewer than 200 test rows. */
export function testShare(rows: number): number {
  if (rows >= LARGE) return LARGE_SHARE;
  const wanted = Math.ceil((100 * ROUGH_TEST_ROWS) / Math.max(rows, 1)) / 100;
  return Math.min(MOST, Math.max(USUAL, wanted));
}
