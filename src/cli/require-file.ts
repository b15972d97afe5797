// A file that the user named must be there before anything is started.
import { stat } from 'node:fs/promises';
import { ForgeError } from '../task/errors.ts';

/** The path, when it is a regular file. @throws ForgeError with the given code otherwise. */
export async function requireFile(file: string, code: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return file;
  const problem = found === null ? 'does not exist' : 'is no file';
  throw new ForgeError(code, `${file} ${problem}.`, 'Check the path; put it in quotes when it holds spaces.');
}
