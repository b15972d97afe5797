// The measuring parts that the pipeline calls; a test may put scripted ones in their place.
import type { AgentContext } from '../agents/contracts.ts';
import { judgeTables } from '../dataset/judge-table.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import type { DatasetProfile } from '../dataset/profile.ts';
import { profileDataset } from '../dataset/profile-dataset.ts';
import { verifyTask } from '../verify/verify.ts';
import type { Verify } from './gates.ts';

export interface ForgeTools {
  profileDataset(dataset: string, context: AgentContext): Promise<DatasetProfile>;
  judgeTables(profile: DatasetProfile): readonly TableJudgement[];
  readonly verify: Verify;
}

export const defaultTools: ForgeTools = {
  profileDataset,
  judgeTables,
  verify: verifyTask,
};
