// Which families of checks can change their mind about a task when one of its files changes.
import { type BaselineName, baselineNames, layout } from '../task/layout.ts';
import { type Family, families } from './contract.ts';

export interface Affected {
  /** Answered within a second: an editor asks these first. */
  readonly first: readonly Family[];
  /** The others that depend on the file, among them runs of solvers and builds of the data. */
  readonly later: readonly Family[];
}

/** Families that read what is written: a word in any file may concern them. */
const READING: readonly Family[] = ['STR', 'REV', 'SEC'];
const GRADING: readonly Family[] = ['EXE', 'STA', 'ADV'];

/** What depends on a file of the package; null for records of earlier verifications and runs, on which nothing depends. */
export function affectedBy(file: string): Affected | null {
  if (file.startsWith('verification/') || file.startsWith(`${layout.runs}/`)) return null;
  if (file === layout.metric) return { first: ['STR', 'MET'], later: [...READING.slice(1), ...GRADING] };
  if (file === layout.prepare) return { first: ['STR'], later: [...READING.slice(1), 'PRE'] };
  if (baselineOf(file) !== null) return { first: ['STR'], later: [...READING.slice(1), 'EXE', 'STA'] };
  if (file === layout.manifest || file.startsWith('data/'))
    return { first: ['STR'], later: families.filter((family) => family !== 'STR') };
  return { first: ['STR'], later: READING.slice(1) };
}

/** The baseline that a file of the package is the script of. */
export function baselineOf(file: string): BaselineName | null {
  return baselineNames.find((name) => file === `${layout.baselines}/${name}.py`) ?? null;
}
