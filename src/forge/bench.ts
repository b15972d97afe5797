// The bench that the pipeline lends to an agent: the same builder and the same checks that will judge the draft later.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from '../agents/bench.ts';
import { buildDraft } from './build.ts';
import { recordLadder } from './finish.ts';
import { executionFamilies } from './gates.ts';
import { agentContext, verifyOptions, type Workroom } from './workshop.ts';

/** A bench for one task. Its folder is the run's, apart from where the candidate is built in the end. */
export function benchOf(shop: Workroom, task: string): Bench {
  const folder = path.join(shop.places.staging, 'bench', task);
  const context = agentContext(shop);
  return {
    folder,
    build: async (draft, rawRows) => {
      await mkdir(path.dirname(folder), { recursive: true });
      return buildDraft({ folder, dataset: shop.dataset, rawRows, draft }, context);
    },
    check: async (families) => (await shop.verify(folder, { ...verifyOptions(shop), only: families })).findings,
    climb: async () => {
      await recordLadder(folder, await shop.climb(folder, context));
      const { findings, ladder } = await shop.verify(folder, { ...verifyOptions(shop), only: executionFamilies });
      return { findings, ladder };
    },
  };
}
