// How the run that made a task spent its time.
import path from 'node:path';
import { listRuns, type RunRecord, readRun } from './runs.ts';

/** A stage that a run has gone through for a task, or for the whole dataset before it. */
export interface StageRun {
  readonly stage: string;
  readonly ms: number;
  readonly reused: boolean;
}

/** The stages that led to a task, in the order in which they ended. */
export function stagesOf({ events }: Pick<RunRecord, 'events'>, task: string): StageRun[] {
  return events.flatMap((event) =>
    event.type === 'stage-ended' && (event.task === null || event.task === task)
      ? [{ stage: event.stage, ms: event.ms, reused: event.reused }]
      : [],
  );
}

/** The latest run beside a task that has published it; null when none is known. */
export async function runOf(folder: string): Promise<RunRecord | null> {
  const out = path.dirname(path.resolve(folder));
  const task = path.basename(folder);
  for (const run of (await listRuns(out)).reverse()) {
    const record = await readRun(out, run).catch(() => null); // A damaged journal is told where runs are listed.
    if (record?.events.some((event) => event.type === 'accepted' && event.task === task)) return record;
  }
  return null;
}
