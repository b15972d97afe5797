// Reading and writing the manifest of a task package, and the hashes that bind it to its files.
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from './atomic-write.ts';
import { prettyJson } from './canonical-json.ts';
import { describeError, ForgeError } from './errors.ts';
import { hashFile, listFiles } from './hashing.ts';
import { layout, unhashedPrefixes } from './layout.ts';
import { type TaskSpec, taskSpecSchema } from './spec.ts';

/**
 * The manifest of the package in `folder`.
 * @throws ForgeError naming the file and the first problem when the folder is no task package.
 */
export async function readTask(folder: string): Promise<TaskSpec> {
  const file = path.join(folder, layout.manifest);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const known = await lstat(folder).catch(() => null);
    const message = known === null ? `${folder} does not exist.` : `${folder} holds no readable ${layout.manifest}.`;
    throw new ForgeError(
      'TASK_MISSING',
      message,
      'Give the folder of a task, the one that holds task.json.',
      'input',
      error,
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw invalid(file, `it is no JSON: ${describeError(error)}`);
  }
  const parsed = taskSpecSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(file, `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'does not follow the schema'}`);
}

function invalid(file: string, problem: string): ForgeError {
  return new ForgeError(
    'TASK_INVALID',
    `${file} is no valid manifest; ${problem}.`,
    'Run "mle-forge verify" on the task for every problem with its line.',
  );
}

/** Writes task.json. The key order is the order of `spec`. */
export async function writeTask(folder: string, spec: TaskSpec): Promise<void> {
  await writeFileAtomic(path.join(folder, layout.manifest), prettyJson(spec));
}

/** sha256 of every file that the manifest's hashes cover, sorted by path. */
export async function hashPackage(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of await listFiles(folder)) {
    const covered = !unhashedPrefixes.some((prefix) => file === prefix || file.startsWith(prefix));
    if (covered) hashes[file] = await hashFile(path.join(folder, file));
  }
  return hashes;
}
