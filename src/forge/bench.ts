// The bench that the pipeline lends to an agent: the same builder and the same checks that will judge the draft later.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from '../agents/bench.ts';
import { buildDraft } from './build.ts';
import { recordLadder } from './finish.ts';
import { executionFamilies, fileFamilies, runGate } from './gates.ts';
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
    check: async (families) => {
      // Apart, since the files that a draft still lacks (README.md) must not keep the other families from looking.
      const ofFiles = families.filter((family) => fileFamilies.includes(family));
      const others = families.filter((family) => !fileFamilies.includes(family));
      return (await runGate(folder, [ofFiles, others], shop.verify, verifyOptions(shop))).findings;
    },
    climb: async () => {
      await recordLadder(folder, await shop.climb(folder, context));
      const { findings, ladder } = await shop.verify(folder, { ...verifyOptions(shop), only: executionFamilies });
      return { findings, ladder };
    },
  };
}
