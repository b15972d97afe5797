// ADV014 to ADV016: what a solver in its sandbox can reach.
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import { readRegularFile } from '../package/regular-file.ts';
import { maxSubmissionBytes } from '../runs/solver.ts';
import { adversaryCatalogue as checks } from './catalogue.ts';
import type { AdversaryFault } from './fault.ts';
import type { Cheated, Panel } from './probe.ts';

/** Files that hold this share of the answers' first lines are the answers; a few lines may agree by chance. */
const ANSWER_SHARE = 0.5;
const FEW_LINES = 3;

/** What decides a score; a solver must leave it as it was. */
const GRADED_WITH: readonly string[] = [layout.metric, layout.manifest, layout.answers];

/** Hashes of the files that decide a score. */
export async function graderHashes(folder: string): Promise<string> {
  const hashes = await Promise.all(GRADED_WITH.map((file) => hashFile(path.join(folder, file)).catch(() => 'absent')));
  return hashes.join();
}

/** Reads each special file as a submission is read; what is not refused is told. One more links to the real answers. */
export async function trySpecial(folder: string, work: string, { special }: Cheated): Promise<string[]> {
  const real = 'link-to-the-answers';
  await symlink(path.join(folder, layout.answers), path.join(work, 'special', real));
  const tried = [...special, { name: real, told: 'a link to the answers themselves' }];
  const taken: string[] = [];
  for (const { name, told } of tried) {
    const read = await readRegularFile(path.join(work, 'special', name), maxSubmissionBytes);
    if (read.kind === 'file') taken.push(told);
  }
  return taken;
}

/** Special files that were read as if they were submissions. */
export function judgeSpecial(taken: readonly string[]): AdversaryFault[] {
  if (taken.length === 0) return [];
  const message = `What a solver leaves as its submission is read although it is ${taken[0]}.`;
  return [{ check: checks.special, message, evidence: { taken: [...taken] }, file: layout.answers }];
}

/** Whether something that was taken along holds the answers. */
export function judgeLoot({ found }: Cheated, { loot }: Panel): AdversaryFault[] {
  const hits = loot.filter(({ lines, of }) => lines > FEW_LINES && lines >= ANSWER_SHARE * of);
  if (hits.length === 0 || found === null) return [];
  // Where it lies is a path of this machine; what it is called is enough to find it.
  const names = hits.map(({ number }) => path.basename(found.taken[number] ?? ''));
  const message = `A solver in its sandbox finds the answers: ${names.join(', ')} can be read there, outside of data/public.`;
  return [{ check: checks.prowl, message, evidence: { files: names, seen: found.seen }, file: layout.answers }];
}

/** Whether anything that a grader relies on could be, or was, changed. */
export function judgeTampering({ tampered }: Cheated, changed: boolean): AdversaryFault[] {
  const faults: AdversaryFault[] = [];
  const places = tampered.map((place) => path.basename(place));
  if (places.length > 0) {
    const message = `A solver in its sandbox can write to ${places.join(', ')}, outside of its own folder.`;
    faults.push({ check: checks.tamper, message, evidence: { places }, file: layout.metric });
  }
  if (changed) {
    const message = 'metric.py, task.json or the answers are not the same bytes after the solvers ran.';
    faults.push({ check: checks.tamper, message, evidence: { changed: true }, file: layout.metric });
  }
  return faults;
}
