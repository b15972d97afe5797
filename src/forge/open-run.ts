// Opens a run for writing: a new one, or one that stopped before its end.
import { lstat } from 'node:fs/promises';
import { explainReadFailure } from '../dataset/dataset-path.ts';
import { ForgeError } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import type { Clock } from '../task/ports.ts';
import { toolName, toolVersion } from '../task/version.ts';
import { Journal } from './journal.ts';
import type { JournalBody, JournalEntry } from './journal-entry.ts';
import { acquireLock } from './lock.ts';
import type { ForgeRequest, RunOptions } from './request.ts';
import { clearStaging, createRunFolder, newRunId, type RunFolder, removeRunFolder, runFolder } from './run-folder.ts';
import { storageError } from './storage-error.ts';

export interface OpenRun {
  readonly places: RunFolder;
  readonly journal: Journal;
  /** Entries of earlier processes; empty for a new run. */
  readonly past: readonly JournalEntry[];
  /** Hash of the dataset. */
  readonly sha256: string;
  readonly options: RunOptions;
  /** Releases the run; its folder stays. */
  close(): Promise<void>;
  /** Releases a new run and removes every trace of it. Keeps one that was resumed. */
  discard(): Promise<void>;
}

/** @throws ForgeError when the run cannot be created, found or locked, or belongs to other data. */
export async function openRun(request: ForgeRequest, engine: string, clock: Clock): Promise<OpenRun> {
  const sha256 = await datasetHash(request.dataset);
  try {
    return request.resume === undefined
      ? await createRun(request, engine, clock, sha256)
      : await reopenRun(request, request.resume, clock, sha256);
  } catch (error) {
    throw storageError(error, request.out);
  }
}

async function createRun(request: ForgeRequest, engine: string, clock: Clock, sha256: string): Promise<OpenRun> {
  const { dataset, out, maxTasks, seed, keepRejected } = request;
  const options = { maxTasks, seed, keepRejected };
  const places = runFolder(out, newRunId(clock.now()));
  const tool = `${toolName} ${toolVersion}`;
  const header = { kind: 'run', run: places.run, tool, dataset, sha256, engine, options } satisfies JournalBody;
  const created = await createRunFolder(places, (journal) => writeHeader(journal, clock, header));
  let release: (() => Promise<void>) | undefined;
  try {
    release = await acquireLock(places.lock);
    const { journal } = await Journal.open(places.journal, clock);
    const close = closing(places, journal, release);
    const discard = async (): Promise<void> => {
      await close();
      await removeRunFolder(places, created);
    };
    return { places, journal, past: [], sha256, options, close, discard };
  } catch (error) {
    await release?.().catch(() => {});
    await removeRunFolder(places, created);
    throw error;
  }
}

async function writeHeader(file: string, clock: Clock, header: JournalBody): Promise<void> {
  const { journal } = await Journal.open(file, clock);
  try {
    await journal.append(header, true);
  } finally {
    await journal.close();
  }
}

async function reopenRun(request: ForgeRequest, run: string, clock: Clock, sha256: string): Promise<OpenRun> {
  const places = runFolder(request.out, run);
  if ((await lstat(places.journal).catch(() => null)) === null) throw unknownRun(request.out, run);
  const release = await acquireLock(places.lock);
  let journal: Journal | undefined;
  try {
    const opened = await Journal.open(places.journal, clock);
    const { entries } = opened;
    journal = opened.journal;
    const header = entries[0]?.body;
    if (header?.kind !== 'run') throw unknownRun(request.out, run);
    if (header.sha256 !== sha256) {
      throw new ForgeError(
        'DATASET_CHANGED',
        `The dataset ${request.dataset} is not the one that run ${run} began with (${header.dataset}).`,
        'Start a new run without --resume.',
      );
    }
    await clearStaging(places);
    const close = closing(places, journal, release);
    return { places, journal, past: entries, sha256, options: header.options, close, discard: close };
  } catch (error) {
    await journal?.close();
    await release();
    throw error;
  }
}

function closing(places: RunFolder, journal: Journal, release: () => Promise<void>): () => Promise<void> {
  let open = true;
  return async () => {
    if (!open) return;
    open = false;
    await journal.close();
    await clearStaging(places).catch(() => {}); // a later process tries again
    await release();
  };
}

function unknownRun(out: string, run: string): ForgeError {
  return new ForgeError(
    'RUN_UNKNOWN',
    `There is no run ${run} in ${out}.`,
    'See "mle-forge list" for the runs, and give --out if the tasks lie elsewhere.',
  );
}

async function datasetHash(dataset: string): Promise<string> {
  try {
    return await hashTree(dataset);
  } catch (error) {
    throw explainReadFailure(error);
  }
}
