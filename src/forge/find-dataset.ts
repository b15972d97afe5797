// The raw dataset of a task, for the checks that build the task again.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import { readTask } from '../task/package.ts';
import { rememberedDatasets } from './runs.ts';

/** The dataset given by the user, else the one that a run beside the task remembers and that still has its content. */
export async function findDataset(task: string, given: string | undefined, cwd: string): Promise<string | undefined> {
  if (given !== undefined) {
    const dataset = path.resolve(cwd, given);
    if ((await stat(dataset).catch(() => null)) !== null) return dataset;
    throw new ForgeError(
      'DATASET_MISSING',
      `The dataset ${dataset} does not exist.`,
      'Check the path after --dataset.',
    );
  }
  const spec = await readTask(task).catch(() => null);
  if (spec === null) return undefined;
  for (const dataset of await rememberedDatasets(task, spec.dataset.sha256)) {
    if ((await hashTree(dataset).catch(() => '')) === spec.dataset.sha256) return dataset;
  }
  return undefined;
}
