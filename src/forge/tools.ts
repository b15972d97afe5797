// The measuring parts that the pipeline calls; a test may put scripted ones in their place.
import type { AgentContext } from '../agents/contracts.ts';
import { judgeTables } from '../dataset/judge-table.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import { profileDataset } from '../dataset/profile-dataset.ts';
import { readTask } from '../task/package.ts';
import type { Rung } from '../verify/contract.ts';
import type { FiguresRequest } from '../verify/figures/measured.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { drawnFigures } from '../verify/report/data-figures.ts';
import { gradeBaselines, runBaselines } from '../verify/runs/baselines.ts';
import { verifyTask } from '../verify/verify.ts';
import type { Verify } from './gates.ts';

export interface ForgeTools {
  profileDataset(dataset: string, context: AgentContext): Promise<DatasetProfile>;
  judgeTables(profile: DatasetProfile): readonly TableJudgement[];
  readonly verify: Verify;
  /** Runs the baselines of a package, keeps their runs in it, and returns the rungs that have a score, worst first. */
  climb(folder: string, context: AgentContext): Promise<readonly Rung[]>;
  /** What the page of a report shows of the data of a package, as HTML. */
  figures(folder: string, request: FiguresRequest): Promise<string>;
}

export const defaultTools: ForgeTools = {
  profileDataset,
  judgeTables,
  verify: verifyTask,
  climb: async (folder, { runtime, signal }) => {
    const request = { files: new PackageFiles(folder), runtime, signal, reuse: false };
    const { ladder } = await gradeBaselines(request, await runBaselines(request), await readTask(folder));
    return ladder;
  },
  figures: drawnFigures,
};
