// Counterexamples as files: small CSVs in verification/counterexamples/ that a person can open and grade again.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { layout } from '../../task/layout.ts';
import type { CheckOutcome } from '../check.ts';
import { obstacle, writeInPackage } from '../package/write.ts';

/** Larger ones nobody opens; the finding tells how they are made. */
export const maxCounterexample = 2_000_000;

/** Each check keeps a few; a report with more is about a grader that refuses nothing. */
const MOST_KEPT = 60;

export interface Counterexample {
  /** Path within the package. */
  readonly file: string;
  readonly content: string | Buffer;
}

/** A submission that shows a finding, or null when it is too large to keep. */
export function counterexampleOf(code: string, name: string, content: string | Buffer): Counterexample | null {
  if (Buffer.byteLength(content) > maxCounterexample) return null;
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { file: `${layout.counterexamples}/${code}-${slug.slice(0, 60)}.csv`, content };
}

/**
 * Writes the counterexamples of a verification into the package and removes those that earlier ones left for the same
 * checks. Nothing is followed out of the package: where a folder on the way is a link, nothing is written.
 */
export async function keepCounterexamples(folder: string, outcomes: readonly CheckOutcome[]): Promise<void> {
  const target = path.join(folder, layout.counterexamples);
  const kept = outcomes.flatMap((outcome) => outcome.counterexamples ?? []).slice(0, MOST_KEPT);
  if ((await obstacle(folder, `${layout.counterexamples}/any.csv`)) !== null) return;
  const codes = new Set(outcomes.map(({ code }) => code));
  const wanted = new Set(kept.map(({ file }) => path.basename(file)));
  for (const name of await readdir(target).catch(() => [])) {
    if (codes.has(name.slice(0, 6)) && !wanted.has(name)) await rm(path.join(target, name), { force: true });
  }
  for (const { file, content } of kept) await writeInPackage(folder, file, content);
}
