// What the tools that look at a dataset share, and how they ask the Python half.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { TableJudgement } from '../../dataset/judgement.ts';
import type { DatasetProfile, TableProfile } from '../../dataset/profile.ts';
import { timeLimits } from '../../runtime/limits.ts';
import { describeFailure } from '../../runtime/outcome.ts';
import type { JobOutcome, Limits, PythonJob, PythonRuntime } from '../../runtime/port.ts';
import { cancelled } from '../../task/errors.ts';
import type { Desk } from '../loop/desk.ts';
import { quoted } from '../loop/quoted.ts';
import { refused, type ToolResult } from '../loop/tool.ts';
import { byName, near, shownName } from './names.ts';
import type { Proofs } from './proofs.ts';
import type { Allowance, SharedRows } from './shared-rows.ts';

export interface DatasetDesk {
  /** Absolute path of the dataset: a folder or one file. Read only. */
  readonly dataset: string;
  readonly profile: DatasetProfile;
  readonly judgements: readonly TableJudgement[];
  readonly runtime: PythonRuntime;
  readonly desk: Desk;
  readonly sharedRows: SharedRows;
  readonly allowance: Allowance;
  /** Whether the model can look at pictures. */
  readonly seesImages: boolean;
  readonly proofs: Proofs;
}

/** A look takes moments; a large table is read whole for it. */
const lookLimits: Partial<Limits> = { ...timeLimits(120), memoryBytes: 4 * 2 ** 30 };

/** Runs a job of the Python half that reads the dataset. */
export async function look<Result>(
  { runtime, dataset }: Pick<DatasetDesk, 'runtime' | 'dataset'>,
  job: Pick<PythonJob<Result>, 'name' | 'args' | 'result'>,
  signal: AbortSignal,
): Promise<JobOutcome<Result>> {
  const mounts = [{ name: 'raw', host: dataset, access: 'read' as const }];
  const outcome = await runtime.run({ ...job, mounts, limits: lookLimits }, signal);
  if (outcome.kind === 'cancelled') throw cancelled();
  return outcome;
}

/** Name of a dataset that is one file; null for a folder. */
export async function fileName(dataset: string): Promise<string | null> {
  return (await stat(dataset)).isFile() ? path.basename(dataset) : null;
}

/** The table of that name, with or without its folder and ending, or the answer that says which there are. */
export function tableNamed(profile: DatasetProfile, given: string): TableProfile | ToolResult {
  const { tables } = profile;
  const [called, ...others] = tables.filter(({ id }) => [path.posix.basename(id), path.parse(id).name].includes(given));
  const table = byName(tables, ({ id }) => id, given) ?? (others.length === 0 ? called : undefined);
  const names = profile.tables.map(({ id }) => id);
  return table ?? unknownName('table', names, given);
}

/** The answer to a name that does not exist: those that are like it, or the first ones. */
export function unknownName(what: string, names: readonly string[], given: string): ToolResult {
  const alike = near(names, given);
  const shown = alike.length > 0 ? alike : names.slice(0, shownNames).map(shownName);
  const lead = `There is no ${what} "${shownName(given)}".`;
  if (shown.length === 0) return refused(`${lead} The dataset has no ${what}s.`);
  return refused(
    `${lead} ${alike.length > 0 ? 'Near it' : 'There are'}:\n${quoted(`names of ${what}s`, shown.join('\n'))}`,
  );
}
const shownNames = 20;

/** The answer when a look ended without a result. Its words may hold values of the dataset. */
export function failedLook(what: string, outcome: Exclude<JobOutcome<unknown>, { kind: 'done' }>): ToolResult {
  return refused(`${what} failed.\n${quoted('the reason', describeFailure(outcome))}`);
}
