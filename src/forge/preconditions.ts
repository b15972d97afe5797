// What must be true of the folders before anything is written.
import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { explainReadFailure } from '../dataset/dataset-path.ts';
import { ForgeError } from '../task/errors.ts';
import { listFiles } from '../task/hashing.ts';
import { isWithin } from '../task/within.ts';
import { storageError } from './storage-error.ts';

/** Resolves both paths. @throws ForgeError for a dataset that is not there, or folders that lie in each other's way. */
export async function checkFolders(dataset: string, out: string): Promise<{ dataset: string; out: string }> {
  const source = path.resolve(dataset);
  await requireDataset(source);
  const target = path.resolve(out);
  const parent = await existingParent(target);
  const [realSource, realTarget] = [
    await realpath(source),
    path.join(await realpath(parent), path.relative(parent, target)),
  ];
  if (isWithin(realTarget, realSource)) {
    throw new ForgeError(
      'OUT_IN_DATASET',
      `The output folder ${target} lies inside the dataset ${source}, which is never written to.`,
      'Choose an output folder elsewhere with --out.',
    );
  }
  const inside = path.relative(realTarget, realSource).split(path.sep);
  if (isWithin(realSource, realTarget) && (await isTaskOrState(path.join(realTarget, inside[0] ?? '')))) {
    throw new ForgeError(
      'DATASET_IN_TASK',
      `The dataset ${source} lies inside the task folder ${path.join(target, inside[0] ?? '')}.`,
      'Give the raw dataset, or choose another output folder with --out.',
    );
  }
  await requireWritable(parent, target);
  return { dataset: source, out: target };
}

async function requireDataset(dataset: string): Promise<void> {
  const status = await stat(dataset).catch((error: unknown) => {
    throw new ForgeError(
      'DATASET_MISSING',
      `The dataset ${dataset} cannot be opened: ${reasonOf(error)}.`,
      'Check the path; put it in quotes when it holds spaces.',
      'input',
      error,
    );
  });
  if (status.isFile()) {
    if (status.size > 0) return;
    throw new ForgeError('DATASET_EMPTY', `The dataset ${dataset} is an empty file.`, 'Give a file that holds data.');
  }
  if (!status.isDirectory()) {
    throw new ForgeError('DATASET_MISSING', `The dataset ${dataset} is neither a folder nor a file.`, 'Give a folder.');
  }
  const files = await listFiles(dataset).catch((error: unknown) => {
    throw explainReadFailure(error);
  });
  if (files.length === 0) {
    throw new ForgeError('DATASET_EMPTY', `The dataset folder ${dataset} holds no file.`, 'Put data files into it.');
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'ELOOP') return 'it is a loop of symbolic links';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
}

async function existingParent(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await lstat(at).catch(() => null)) !== null || at === path.dirname(at)) return at;
  }
}

async function requireWritable(existing: string, out: string): Promise<void> {
  try {
    if (!(await stat(existing)).isDirectory()) throw Object.assign(new Error(existing), { code: 'ENOTDIR' });
    await access(existing, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw storageError(error, out);
  }
}

/** Whether a folder of the output folder is a task, or the state of the tool. */
async function isTaskOrState(folder: string): Promise<boolean> {
  if (path.basename(folder) === '.mle-forge') return true;
  return (await lstat(path.join(folder, 'task.json')).catch(() => null)) !== null;
}
