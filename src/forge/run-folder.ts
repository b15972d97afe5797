// Where a run keeps its state: OUT/.mle-forge/runs/<run>/.
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { notWritable } from './storage-error.ts';

export const stateFolder = '.mle-forge';

export interface RunFolder {
  readonly run: string;
  readonly folder: string;
  readonly journal: string;
  readonly artifacts: string;
  /** Where this process builds. Each has its own: what a killed one left running may still write into the old one. */
  readonly staging: string;
  /** Packages of rejected candidates, when they are kept. */
  readonly rejected: string;
  readonly lock: string;
}

/** Folder that holds the runs of an output folder. */
export function runsFolder(out: string): string {
  return path.join(out, stateFolder, 'runs');
}

/** The places of one run. @throws ForgeError when the id is not one that a run can have. */
export function runFolder(out: string, run: string): RunFolder {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(run)) {
    throw new ForgeError('RUN_UNKNOWN', `"${run}" is not the id of a run.`, 'See "mle-forge list" for the runs.');
  }
  const folder = path.join(runsFolder(out), run);
  const inside = (name: string): string => path.join(folder, name);
  return {
    run,
    folder,
    journal: inside('journal.jsonl'),
    artifacts: inside('artifacts'),
    staging: path.join(inside('staging'), randomBytes(4).toString('hex')),
    rejected: inside('rejected'),
    lock: inside('lock'),
  };
}

/** An id that sorts by time: date and time in UTC, and six random digits that keep two runs of one moment apart. */
export function newRunId(now: number): string {
  const [date, time] = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').split('T');
  return `${date}-${time}-${randomBytes(3).toString('hex')}`;
}

/**
 * Creates the folders of a run and its journal, which `begin` writes. The run appears in one step: a process that is
 * killed meanwhile leaves none behind that could not be resumed. Returns the topmost folder that did not exist before.
 */
export async function createRunFolder(places: RunFolder, begin: (journal: string) => Promise<void>): Promise<string> {
  const draft = path.join(path.dirname(places.folder), `.${places.run}`);
  const within = (place: string): string => path.join(draft, path.relative(places.folder, place));
  const created = await makeFolders(within(places.artifacts));
  const topmost = created === undefined || created.startsWith(draft) ? places.folder : created;
  try {
    await begin(within(places.journal));
    await rename(draft, places.folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    await removeRunFolder(places, topmost);
    throw error;
  }
  return topmost;
}

/**
 * Creates a folder and those above it; returns the topmost new one. One by one: Node's recursive mkdir never ends on a
 * file system that denies the folder's existence after every attempt, as /proc does.
 */
async function makeFolders(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = folder; (await lstat(at).catch(() => null)) === null; at = path.dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      await mkdir(one);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'ENOENT') throw notWritable(one, 'the file system takes no folder there', error);
      if (code !== 'EEXIST') throw error; // another process was faster
    }
  }
  return missing[0];
}

/** Takes away what is being built, by this process and by those before it. */
export async function clearStaging(places: RunFolder): Promise<void> {
  // A killed process's worker may still write into it for a moment.
  await rm(path.dirname(places.staging), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Takes a run away as if it had never begun: its folder, and the folders above it that it created and that are empty. */
export async function removeRunFolder(places: RunFolder, firstCreated: string): Promise<void> {
  await rm(places.folder, { recursive: true, force: true });
  let folder = path.dirname(places.folder);
  while (folder.length >= firstCreated.length && folder.startsWith(firstCreated)) {
    try {
      await rmdir(folder);
    } catch {
      return; // another run lives here
    }
    folder = path.dirname(folder);
  }
}
