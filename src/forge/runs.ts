// The runs of an output folder, read from their journals. Any process may read; nothing here writes.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import type { ForgeEvent } from './events.ts';
import { readJournal } from './journal.ts';
import type { JournalBody } from './journal-entry.ts';
import { lockHolder } from './lock.ts';
import { runFolder, runsFolder } from './run-folder.ts';

export interface RunRecord {
  readonly header: Extract<JournalBody, { kind: 'run' }>;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended: number;
  readonly events: readonly ForgeEvent[];
  /** Process that is writing to the run now. */
  readonly writer: number | null;
}

/** @throws ForgeError when the run is unknown or its journal is damaged. */
export async function readRun(out: string, run: string): Promise<RunRecord> {
  const places = runFolder(out, run);
  const journal = await readJournal(places.journal).catch((error: unknown) => {
    if (error instanceof ForgeError) throw error;
    throw new ForgeError('RUN_UNKNOWN', `There is no run ${run} in ${out}.`, 'See "mle-forge list" for the runs.');
  });
  const [first] = journal.entries;
  if (first?.body.kind !== 'run') {
    throw new ForgeError('RUN_UNKNOWN', `Run ${run} stopped before it began.`, 'Start a new run.');
  }
  return {
    header: first.body,
    started: first.at,
    ended: journal.entries.at(-1)?.at ?? first.at,
    events: journal.entries.flatMap(({ body }) => (body.kind === 'event' ? [body.event] : [])),
    writer: await lockHolder(places.lock),
  };
}

/** Ids of the runs in an output folder, oldest first. */
export async function listRuns(out: string): Promise<string[]> {
  const entries = await readdir(runsFolder(out), { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : [])).sort();
}

/** Where the dataset of a task lay when it was forged, as the runs beside the task remember it; latest first. */
export async function rememberedDatasets(task: string, sha256: string): Promise<string[]> {
  const out = path.dirname(path.resolve(task));
  const found: string[] = [];
  for (const run of (await listRuns(out)).reverse()) {
    const record = await readRun(out, run).catch(() => null);
    if (record?.header.sha256 === sha256 && !found.includes(record.header.dataset)) found.push(record.header.dataset);
  }
  return found;
}
