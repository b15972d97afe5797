// Finds task packages below output folders without walking whole disks.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { layout } from '../../task/layout.ts';

/** Enough for a batch of many datasets; a folder with more entries is no output folder of ours. */
const maxFolders = 500;
/** Tasks lie in the output folder itself or, after a batch, in one folder per dataset. */
export const maxDepth = 2;

/**
 * Folders of the tasks at or below `root`, sorted. Never follows links, never looks inside a task. `beforeLook` hears of
 * each folder before it is looked at.
 */
export async function findTasks(
  root: string,
  depth: number = maxDepth,
  beforeLook: (folder: string) => void = () => {},
): Promise<string[]> {
  const found: string[] = [];
  let level = [root];
  let budget = maxFolders;
  for (let below = 0; level.length > 0; below += 1) {
    const next: string[] = [];
    for (const folder of level) {
      if (budget-- <= 0) return found.sort();
      beforeLook(folder);
      if (await isTask(folder)) found.push(folder);
      else if (below < depth) next.push(...(await foldersIn(folder)));
    }
    level = next;
  }
  return found.sort();
}

async function isTask(folder: string): Promise<boolean> {
  const manifest = await stat(path.join(folder, layout.manifest)).catch(() => null);
  return manifest?.isFile() ?? false;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name))
    .map((entry) => path.join(folder, entry.name));
}

/** Large folders that hold code, not tasks. */
const passedOver = new Set(['node_modules', '__pycache__']);
