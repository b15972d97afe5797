// The stages of one candidate, each with its events and its memory.
import type { DesignOutput } from '../agents/contracts.ts';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Formulation } from '../blueprints/formulation.ts';
import type { Finding } from '../task/findings.ts';
import { hashTree } from '../task/hashing.ts';
import { layout } from '../task/layout.ts';
import { hashPackage, readTask } from '../task/package.ts';
import type { Family } from '../verify/contract.ts';
import { designResult, refactorResult } from './agent-results.ts';
import { type BuildResult, buildDraft, buildResult } from './build.ts';
import type { ForgeEvent, Stage } from './events.ts';
import { sealPackage } from './finish.ts';
import { errorsOf, type GateResult, gateResult, runGate, withoutRefactorsWork } from './gates.ts';
import { keepScores } from './invariance.ts';
import { writePackageFiles } from './package-writer.ts';
import { agentContext, stagingOf, verifyOptions, type Workshop } from './workshop.ts';

export interface Item {
  readonly task: string;
  readonly attempt: number;
}

/** The Designer commits to a formulation, or answers findings with another design; its draft is built at once. */
export async function* designStage(
  shop: Workshop,
  item: Item & { formulation: Formulation; findings: readonly Finding[] },
): AsyncGenerator<ForgeEvent, DesignOutput> {
  const { task, formulation, findings } = item;
  return yield* shop.run.stage<DesignOutput>('design', task, item.attempt, async () => {
    const design = await shop.run.memo({
      name: 'designer',
      inputs: { formulation, findings },
      result: designResult,
      work: () => shop.agents.designer({ formulation, profile: shop.profile, findings }, agentContext(shop)),
    });
    if (design.value.kind === 'infeasible') return { value: design.value, reused: design.reused, errors: 1 };
    const built = await build(shop, task, design.value);
    return { value: design.value, reused: design.reused && built.reused, errors: 0 };
  });
}

function build(
  shop: Workshop,
  task: string,
  { formulation, draft }: Extract<DesignOutput, { kind: 'draft' }>,
): Promise<{ value: BuildResult; reused: boolean }> {
  const folder = stagingOf(shop, task);
  return shop.run.memo({
    name: 'build',
    inputs: { formulation, draft },
    result: buildResult,
    work: () => buildDraft({ folder, dataset: shop.dataset, formulation, draft }, agentContext(shop)),
    holds: async ({ tree }) => (await hashTree(folder).catch(() => '')) === tree,
  });
}

/** Verification of the package as it stands. `draft` forgives what only the Refactor adds. */
export async function* gateStage(
  shop: Workshop,
  item: Item,
  stage: Stage,
  groups: readonly (readonly Family[])[],
): AsyncGenerator<ForgeEvent, GateResult> {
  const folder = stagingOf(shop, item.task);
  const result = yield* shop.run.stage(stage, item.task, item.attempt, async () => {
    const tree = await hashTree(folder);
    const { value, reused } = await shop.run.memo({
      name: stage,
      inputs: { tree, groups },
      result: gateResult,
      holds: async (known) => known.tree === tree,
      work: () => runGate(folder, groups, shop.verify, verifyOptions(shop)),
    });
    const result = stage === 'assert-draft' ? withoutRefactorsWork(value) : value;
    return { value: result, reused, errors: errorsOf(result.findings).length };
  });
  for (const finding of errorsOf(result.findings)) yield { type: 'finding', task: item.task, finding };
  return result;
}

/** Brings the draft to the package standard. Returns whether prepare.py is another one now. */
export async function* refactorStage(
  shop: Workshop,
  item: Item & { draft: PackageDraft },
): AsyncGenerator<ForgeEvent, { prepareChanged: boolean }> {
  const folder = stagingOf(shop, item.task);
  return yield* shop.run.stage('refactor', item.task, item.attempt, async () => {
    const before = await hashPackage(folder);
    const { value, reused } = await shop.run.memo({
      name: 'refactor',
      inputs: { tree: before, draft: item.draft },
      result: refactorResult,
      work: () => shop.agents.refactor({ folder, draft: item.draft }, agentContext(shop)),
    });
    const files = await keepScores(folder, before, value.files, agentContext(shop));
    await writePackageFiles(folder, files);
    await sealPackage(folder, await readTask(folder));
    return { value: { prepareChanged: layout.prepare in value.files }, reused, errors: 0 };
  });
}
