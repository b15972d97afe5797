// From a path to a profile: the path is checked, the job runs in the sandbox, the answer is checked again.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { timeLimits } from '../runtime/limits.ts';
import { valueOrThrow } from '../runtime/outcome.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { makeWorkFolder } from '../runtime/work-folder.ts';
import { ForgeError } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import type { Log } from '../task/ports.ts';
import { checkedDatasetPath, explainReadFailure } from './dataset-path.ts';
import { type DatasetProfile, datasetProfileSchema } from './profile.ts';

/** One gigabyte of CSV takes a twentieth of this; folders of many images are slower. */
const cpuSeconds = 1200;
const memoryBytes = 2 ** 30;
/** The text store of a dataset is smaller than its CSV; spilled sorts come on top. */
const scratchBytes = 8 * 2 ** 30;
/** Problems named in the message when nothing of a dataset can be used. */
const shownProblems = 3;

const measuredSchema = datasetProfileSchema.omit({ sha256: true });

export interface ProfileOptions {
  readonly runtime: PythonRuntime;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Measures a dataset: a folder, or one data file. Nothing of it is written to.
 * @throws ForgeError naming the path, the problem and the remedy when there is nothing that can be used.
 */
export async function profileDataset(dataset: string, options: ProfileOptions): Promise<DatasetProfile> {
  const host = await checkedDatasetPath(dataset);
  const scratch = await makeWorkFolder('profile');
  const unreadable = new AbortController();
  try {
    const signal = AbortSignal.any([options.signal, unreadable.signal]);
    const hashing = hashTree(host).catch((error: unknown) => {
      unreadable.abort(); // nothing can be done with a dataset that has no hash
      throw explainReadFailure(error);
    });
    const [measured, sha256] = await Promise.allSettled([measure(host, scratch, { ...options, signal }), hashing]);
    if (sha256.status === 'rejected') throw sha256.reason;
    if (measured.status === 'rejected') throw measured.reason;
    const profile = { ...measured.value, sha256: sha256.value };
    options.log.write('debug', `profiled ${profile.files} files: ${profile.tables.length} tables`);
    requireContent(dataset, profile);
    return profile;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(host: string, scratch: string, { runtime, signal }: ProfileOptions) {
  const outcome = await runtime.run(
    {
      name: 'dataset.profile',
      args: { name: path.basename(host) },
      result: measuredSchema,
      mounts: [
        { name: 'raw', host, access: 'read' },
        { name: 'work', host: scratch, access: 'write' },
      ],
      limits: {
        ...timeLimits(cpuSeconds),
        memoryBytes,
        diskBytes: scratchBytes,
        fileBytes: scratchBytes,
      },
    },
    signal,
  );
  return valueOrThrow(
    outcome,
    'PROFILE_FAILED',
    `${host} could not be profiled`,
    'Take large or unusual files out of the folder and try again.',
  );
}

/** Refuses a dataset without any table or media, and says what was seen instead. */
function requireContent(dataset: string, profile: DatasetProfile): void {
  if (profile.tables.some((table) => table.rows > 0) || profile.media.length > 0) return;
  const seen = profile.problems.slice(0, shownProblems).map((problem) => `${problem.path}: ${problem.message}`);
  const what = seen.length === 0 ? `${profile.files} files, none of a known format` : seen.join(' ');
  throw new ForgeError(
    'DATASET_NOTHING',
    `${dataset} holds no table and no collection of media that can be read. ${what}`,
    'Give a folder with tables (CSV, JSON, Parquet, Excel, SQLite, ...), images, sounds or texts.',
  );
}
