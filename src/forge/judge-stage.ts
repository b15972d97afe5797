// Models read what has passed all that can be measured. What they find is told with the task, and rejects none.
import { ForgeError } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { readManifest } from '../verify/package/manifest.ts';
import { recordedOutcomes } from '../verify/recorded.ts';
import type { Item } from './candidate-stages.ts';
import type { ForgeEvent } from './events.ts';
import type { GateResult } from './gates.ts';
import { agentContext, stagingOf, type Workshop } from './workshop.ts';

/**
 * Lets the reviewer judge the package; null without one. Its exchanges are remembered, so a resumed run pays for none twice.
 * An endpoint that fails costs the review, not the task.
 */
export async function* judgeStage(shop: Workshop, item: Item): AsyncGenerator<ForgeEvent, GateResult | null> {
  const { reviewer } = shop.agents;
  if (reviewer === undefined) return null;
  const folder = stagingOf(shop, item.task);
  const { silent, result } = yield* shop.run.stage('judge', item.task, item.attempt, async () => {
    const said = await reviewer({ folder, task: item.task }, agentContext(shop)).catch((error: unknown) => {
      if (!(error instanceof ForgeError) || error.kind === 'cancelled' || error.kind === 'internal') throw error;
      return { silent: [`The task was not judged: ${error.message}`] };
    });
    const value = { silent: said.silent, result: await recordedGate(folder, 'REV') };
    return { value, reused: false, errors: 0 };
  });
  for (const message of silent) yield { type: 'note', message };
  return result;
}

/** What the records of models in a package say, as the result of a gate. */
export async function recordedGate(folder: string, family: 'REV' | 'EXE'): Promise<GateResult> {
  const files = new PackageFiles(folder);
  const { manifest } = await readManifest(files);
  const outcomes = manifest === null ? [] : await recordedOutcomes(files, manifest, [family]);
  return {
    findings: outcomes.flatMap(({ findings }) => findings),
    checks: outcomes.map(({ code, status, reason }) => ({ code, status, ...(reason === undefined ? {} : { reason }) })),
    ladder: [],
    tree: await hashTree(folder),
  };
}
