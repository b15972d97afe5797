// The stages that concern the whole dataset.
import type { BrainstormOutput } from '../agents/contracts.ts';
import type { TableJudgement } from '../dataset/judgement.ts';
import { type DatasetProfile, datasetProfileSchema } from '../dataset/profile.ts';
import { ForgeError } from '../task/errors.ts';
import { brainstormResult } from './agent-results.ts';
import type { ForgeEvent } from './events.ts';
import { type Agents, type ForgeDeps, formulationLimit, type RunOptions } from './request.ts';
import type { Run } from './run.ts';
import type { ForgeTools } from './tools.ts';

/** @throws ForgeError when the dataset holds nothing that can be read. */
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
  requireContent(profile, dataset);
  for (const { path, message, remedy } of profile.problems)
    yield { type: 'note', message: `${path}: ${message} ${remedy}` };
  return profile;
}

function requireContent(profile: DatasetProfile, dataset: string): void {
  if (profile.tables.length > 0 || profile.media.length > 0) return;
  const [first, ...others] = profile.problems;
  const why = first === undefined ? 'No file has a format that is understood' : `${first.path}: ${first.message}`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more files)`;
  throw new ForgeError(
    'NOTHING_READABLE',
    `${dataset} holds no data that can be read. ${why.replace(/\.$/, '')}${more}.`,
    first?.remedy ?? 'Give tables (CSV, JSON, Parquet, Excel, SQLite, ARFF) or folders of texts, images or sounds.',
  );
}

export async function* brainstormStage(
  run: Run,
  deps: ForgeDeps & { readonly agents: Agents },
  judgements: readonly TableJudgement[],
  input: { dataset: string; profile: DatasetProfile; options: RunOptions },
): AsyncGenerator<ForgeEvent, BrainstormOutput> {
  const { dataset, profile, options } = input;
  const limit = formulationLimit(options);
  return yield* run.stage('brainstorm', null, 1, async () => {
    const { value, reused } = await run.memo({
      name: 'brainstorm',
      inputs: { limit },
      result: brainstormResult,
      work: () => deps.agents.brainstormer({ dataset, profile, judgements, seed: options.seed, limit }, deps),
    });
    return { value, reused, errors: 0 };
  });
}
