// Where tasks are written to, and looked for.
import path from 'node:path';
import type { OptionSpecs } from './arguments.ts';

/** Name of the output folder unless told otherwise. */
export const folderName = 'mle-forge-tasks';

export const outOption: OptionSpecs = {
  out: { type: 'string', value: 'DIR', help: `output folder (default: ${folderName} in the current folder)` },
};

/** `mle-forge-tasks` in the current folder; beside the dataset when the current folder lies inside it. */
export function defaultOut(cwd: string, dataset?: string): string {
  if (dataset === undefined) return path.join(cwd, folderName);
  const relative = path.relative(dataset, cwd);
  const isInside = relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
  return path.join(isInside ? path.dirname(dataset) : cwd, folderName);
}
