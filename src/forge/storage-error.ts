// What the file system refuses, said to a person.
import { ForgeError } from '../task/errors.ts';

const refusals: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file stands where a folder is needed',
  ENAMETOOLONG: 'the path is too long for the file system',
  ELOOP: 'the path runs through a loop of symbolic links',
};
const full = new Set(['ENOSPC', 'EDQUOT']);

/** The ForgeError behind a failed write below `folder`; anything that is not the file system's refusal comes back as it is. */
export function storageError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (full.has(code)) return diskFull(folder, error);
  const refusal = refusals[code];
  if (refusal === undefined) return error;
  return notWritable(folder, refusal, error);
}

/** The error of an output folder that takes nothing, and why. */
export function notWritable(folder: string, why: string, cause?: unknown): ForgeError {
  return new ForgeError(
    'OUT_NOT_WRITABLE',
    `Nothing can be written to ${folder}: ${why}.`,
    'Choose another output folder with --out.',
    'input',
    cause,
  );
}

/** The error of a full disk; what was finished before is kept. */
export function diskFull(folder: string, cause?: unknown): ForgeError {
  return new ForgeError(
    'DISK_FULL',
    `There is no space left on the disk of ${folder}.`,
    'Free some space, then continue with --resume, or choose another output folder with --out.',
    'environment',
    cause,
  );
}
