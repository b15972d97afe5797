// Writes what agents author into a staging folder, and only where they may.
import path from 'node:path';
import { writeFileAtomic } from '../task/atomic-write.ts';
import { ForgeError } from '../task/errors.ts';
import { baselineNames, layout } from '../task/layout.ts';

const authored: readonly string[] = [
  layout.description,
  layout.prepare,
  layout.metric,
  layout.readme,
  layout.publicDescription,
  layout.leaderboard,
  ...baselineNames.map((name) => `${layout.baselines}/${name}.py`),
];

/** Writes text files by path. @throws ForgeError for a path that is no authored file of the package layout. */
export async function writePackageFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const stranger = Object.keys(files).find((file) => !authored.includes(file));
  if (stranger !== undefined) {
    throw new ForgeError(
      'FILE_NOT_ALLOWED',
      `An agent wants to write ${JSON.stringify(stranger)}, which is no file of a task package.`,
      'This is a fault of the agent; report it with the journal of the run.',
      'internal',
    );
  }
  for (const [file, text] of Object.entries(files)) await writeFileAtomic(path.join(folder, file), text);
}
