// The stages that concern the whole dataset.
import type { BrainstormOutput, EarlierTask } from '../agents/contracts.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import { type DatasetProfile, datasetProfileSchema } from '../dataset/profile.ts';
import { brainstormResult } from './agent-results.ts';
import type { ForgeEvent } from './events.ts';
import { type Agents, type ForgeDeps, formulationLimit, type RunOptions } from './request.ts';
import type { Run } from './run.ts';
import type { ForgeTools } from './tools.ts';

export async function* profileStage(
  run: Run,
  profileDataset: ForgeTools['profileDataset'],
  dataset: string,
  deps: ForgeDeps,
): AsyncGenerator<ForgeEvent, DatasetProfile> {
  const profile = yield* run.stage('profile', null, 1, async () => {
    const result = datasetProfileSchema;
    const work = () => profileDataset(dataset, deps);
    const { value, reused } = await run.memo({ name: 'profile', inputs: {}, result, work });
    return { value, reused, errors: 0 };
  });
  for (const { path, message, remedy } of profile.problems)
    yield { type: 'note', message: `${path}: ${message} ${remedy}` };
  return profile;
}

export async function* brainstormStage(
  run: Run,
  deps: ForgeDeps & { readonly agents: Agents },
  judgements: readonly TableJudgement[],
  input: { dataset: string; profile: DatasetProfile; options: RunOptions; earlier: readonly EarlierTask[] },
): AsyncGenerator<ForgeEvent, BrainstormOutput> {
  const { dataset, profile, options, earlier } = input;
  const limit = formulationLimit(options);
  return yield* run.stage('brainstorm', null, 1, async () => {
    const { value, reused } = await run.memo({
      name: 'brainstorm',
      inputs: earlier.length === 0 ? { limit } : { limit, earlier },
      result: brainstormResult,
      work: () => {
        const { seed } = options;
        return deps.agents.brainstormer({ dataset, profile, judgements, seed, limit, earlier }, deps);
      },
    });
    return { value, reused, errors: 0 };
  });
}
