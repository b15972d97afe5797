// From a path to a profile: the path is checked, the job runs in the sandbox, the answer is checked again.
import { constants } from 'node:fs';
import { access, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { valueOrThrow } from '../runtime/outcome.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { ForgeError } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import type { Log } from '../task/ports.ts';
import { type DatasetProfile, datasetProfileSchema } from './profile.ts';

/** One gigabyte of CSV takes about half of this; folders of many images are slower. */
const wallSeconds = 600;
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
  await checkPath(dataset);
  const scratch = await mkdtemp(path.join(tmpdir(), 'forge-profile-'));
  try {
    const name = path.basename(path.resolve(dataset));
    const [outcome, sha256] = await Promise.all([
      options.runtime.run(
        {
          name: 'dataset.profile',
          args: { name },
          result: measuredSchema,
          mounts: [
            { name: 'raw', host: path.resolve(dataset), access: 'read' },
            { name: 'work', host: scratch, access: 'write' },
          ],
          limits: {
            wallSeconds,
            cpuSeconds: 2 * wallSeconds,
            memoryBytes,
            diskBytes: scratchBytes,
            fileBytes: scratchBytes,
          },
        },
        options.signal,
      ),
      hashTree(dataset),
    ]);
    const measured = valueOrThrow(
      outcome,
      'PROFILE_FAILED',
      `${dataset} could not be profiled`,
      'Look at the files that the log names, or point to a part of the dataset.',
    );
    const profile = { ...measured, sha256 };
    requireContent(dataset, profile);
    return profile;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkPath(dataset: string): Promise<void> {
  const found = await stat(dataset).catch(() => undefined);
  if (found === undefined)
    throw new ForgeError('DATASET_MISSING', `${dataset} does not exist.`, 'Check the path of the dataset folder.');
  if (!found.isDirectory() && !found.isFile()) {
    throw new ForgeError(
      'DATASET_KIND',
      `${dataset} is neither a folder nor a file.`,
      'Give the folder that holds the raw data.',
    );
  }
  const readable = await access(dataset, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!readable)
    throw new ForgeError('DATASET_UNREADABLE', `${dataset} cannot be read.`, 'Give yourself read permission for it.');
  if (found.isDirectory() && (await readdir(dataset)).length === 0) {
    throw new ForgeError(
      'DATASET_EMPTY',
      `${dataset} is an empty folder.`,
      'Put the raw data into it, or give another folder.',
    );
  }
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
