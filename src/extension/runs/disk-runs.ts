// Runs that this window did not start, or that it lost: read from the journals of an output folder.
import { listRuns, type RunRecord, readRun } from '../../forge/runs.ts';
import { fold, queuedRun, type RunState } from './run-state.ts';

/** Older runs are history, and reading a journal costs time. */
const latestRuns = 10;

/** The latest runs of an output folder, as their journals tell them. Damaged ones are left out. */
export async function runsOnDisk(out: string): Promise<RunState[]> {
  const ids = (await listRuns(out)).slice(-latestRuns);
  const found: RunState[] = [];
  for (const id of ids) {
    const record = await readRun(out, id).catch(() => null);
    if (record !== null) found.push(stateOf(out, record));
  }
  return found;
}

function stateOf(out: string, { header, started, ended, events, writer }: RunRecord): RunState {
  const { dataset, engine, options } = header;
  const request = { dataset, out, engine, maxTasks: options.maxTasks, seed: options.seed };
  const begun: RunState = { ...queuedRun(`${out}#${header.run}`, request, started, null), run: header.run };
  const told = events.reduce(fold, begun);
  const hasEnded = told.status !== 'queued' && events.at(-1)?.type === 'run-ended';
  if (writer !== null) return { ...told, status: 'elsewhere', since: started };
  return { ...told, status: hasEnded ? told.status : 'interrupted', workedMs: ended - started };
}
