// A task in whatever layout, verified as its layout allows: what every door calls "verify".
import path from 'node:path';
import { recognise } from '../exchange/recognise.ts';
import { noMemory } from '../verify/cache/memory.ts';
import type { VerificationReport, VerifyOptions } from '../verify/contract.ts';
import { verifyForeign } from '../verify/foreign/family.ts';
import { drawnFigures } from '../verify/report/data-figures.ts';
import { verifyTask, writeReport } from '../verify/verify.ts';
import { findDataset } from './find-dataset.ts';

export interface VerifyFolderOptions extends VerifyOptions {
  /** Refresh verification/ in a package of ours when every family was asked. A foreign folder is left as it is. */
  readonly write: boolean;
}

/**
 * Recognises the task in `folder` and verifies it. Without `dataset` the raw dataset is the one that the runs beside the
 * task remember.
 * @throws ForgeError when the folder holds no task, the dataset is not there, or as `verifyTask` does.
 */
export async function verifyFolder(folder: string, options: VerifyFolderOptions): Promise<VerificationReport> {
  const { write, ...given } = options;
  const dataset = await findDataset(folder, given.dataset, path.dirname(folder));
  const recognised = await recognise(folder, dataset ?? null);
  const complete = dataset === undefined ? given : { ...given, dataset };
  if (recognised.kind === 'foreign') return verifyForeign(recognised.task, complete);
  const report = await verifyTask(folder, complete);
  if (!write || given.only !== undefined) return report;
  const figures = await drawnFigures(folder, { ...given, memory: given.memory ?? noMemory() });
  await writeReport(folder, report, figures);
  return report;
}
