// The last stage: the package is finished, checked once more as it will stand there, and published in one step.
import path from 'node:path';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Finding } from '../task/findings.ts';
import { writeReport } from '../verify/verify.ts';
import type { Item } from './candidate-stages.ts';
import type { ForgeEvent } from './events.ts';
import { bindReport, renamePackage } from './finish.ts';
import { errorsOf, type GateResult, runGate } from './gates.ts';
import { publish } from './publish.ts';
import { agentContext, stagingOf, verifyOptions, type Workshop } from './workshop.ts';

/** Publishes, unless the finished package has errors that it did not have before. */
export async function* publishStage(
  shop: Workshop,
  item: Item & { draft: PackageDraft; gates: readonly GateResult[] },
): AsyncGenerator<ForgeEvent, { path: string; errors: readonly Finding[] }> {
  const { task, gates } = item;
  const folder = stagingOf(shop, task);
  const notes: string[] = [];
  const result = yield* shop.run.stage('publish', task, item.attempt, async () => {
    const structure = await runGate(folder, [['STR']], shop.verify, verifyOptions(shop));
    const report = await bindReport(folder, [...gates, structure]);
    const errors = errorsOf(report.findings);
    if (errors.length > 0) return { value: { path: '', errors, report }, reused: false, errors: errors.length };
    const { runtime, log, signal } = shop.deps;
    const figures = await shop.figures(folder, { runtime, log, signal, memory: shop.memory });
    await writeReport(folder, report, figures);
    const published = await publish(folder, shop.out, task, async (id) => {
      await renamePackage(folder, id, item.draft, agentContext(shop));
      await writeReport(folder, await bindReport(folder, [...gates, structure]), figures);
    });
    if (published.unchanged) notes.push(`${published.path} is unchanged: the same task was there before.`);
    else if (path.basename(published.path) !== task)
      notes.push(`${task} exists with other content; published beside it.`);
    return { value: { path: published.path, errors, report }, reused: published.unchanged, errors: 0 };
  });
  // Warnings and remarks are told once, about the package as it stands; errors were told by the stage that found them.
  for (const finding of result.report.findings) yield { type: 'finding', task, finding };
  for (const message of notes) yield { type: 'note', message };
  return { path: result.path, errors: result.errors };
}
