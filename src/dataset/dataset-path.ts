// The first look at what the user pointed to, before any interpreter starts.
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { ForgeError } from '../task/errors.ts';

/**
 * The real path of a dataset: a folder with something in it, or a file.
 * @throws ForgeError when the path is missing, unreadable, empty, or neither a folder nor a file.
 */
export async function checkedDatasetPath(dataset: string): Promise<string> {
  const found = await stat(dataset).catch(() => undefined);
  if (found === undefined)
    throw new ForgeError('DATASET_MISSING', `${dataset} does not exist.`, 'Check the path of the dataset folder.');
  if (!found.isDirectory() && !found.isFile())
    throw new ForgeError(
      'DATASET_KIND',
      `${dataset} is neither a folder nor a file.`,
      'Give the folder that holds the raw data.',
    );
  const mode = found.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK;
  const readable = await access(dataset, mode).then(
    () => true,
    () => false,
  );
  if (!readable)
    throw new ForgeError('DATASET_UNREADABLE', `${dataset} cannot be read.`, 'Give yourself read permission for it.');
  if (found.isDirectory() ? (await readdir(dataset)).length === 0 : found.size === 0)
    throw new ForgeError(
      'DATASET_EMPTY',
      `${dataset} is an empty ${found.isDirectory() ? 'folder' : 'file'}.`,
      'Put the raw data into it, or give another path.',
    );
  return realpath(dataset);
}

/** What a failure to read all files of a dataset means; anything unexpected is returned as it is. */
export function explainReadFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const file = 'path' in error && typeof error.path === 'string' ? error.path : 'A file of the dataset';
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return new ForgeError('DATASET_UNREADABLE', `${file} cannot be read.`, 'Give yourself read permission for it.');
  // Node shows bytes that are no UTF-8 as U+FFFD and then cannot find the file under that name.
  if (error.code === 'ENOENT' && file.includes('\ufffd'))
    return new ForgeError('DATASET_FILE_NAME', `The file name ${file} is not valid UTF-8.`, 'Rename the file.');
  if (error.code === 'ENOENT' || error.code === 'EIO')
    return new ForgeError('DATASET_CHANGED', `${file} vanished or failed while it was read.`, 'Try again.');
  return error;
}
