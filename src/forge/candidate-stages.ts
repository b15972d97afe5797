// The stages of one candidate, each with its events and its memory.
import type { DesignOutput } from '../agents/contracts.ts';
import type { Candidate } from '../agents/proposal.ts';
import { builtinRefactor } from '../agents/refactor/refactor.ts';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Finding } from '../task/findings.ts';
import { hashTree } from '../task/hashing.ts';
import { layout } from '../task/layout.ts';
import { hashPackage, readTask } from '../task/package.ts';
import type { Family } from '../verify/contract.ts';
import { designResult, refactorResult } from './agent-results.ts';
import { type BuildResult, buildDraft, buildResult } from './build.ts';
import type { ForgeEvent, Stage } from './events.ts';
import { recordLadder, sealPackage } from './finish.ts';
import {
  errorsOf,
  executionFamilies,
  type GateResult,
  gateResult,
  isIncomplete,
  runGate,
  withoutRefactorsWork,
} from './gates.ts';
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
  item: Item & { formulation: Candidate; findings: readonly Finding[]; previous: PackageDraft | null },
): AsyncGenerator<ForgeEvent, DesignOutput> {
  const { task, formulation, findings, previous } = item;
  return yield* shop.run.stage<DesignOutput>('design', task, item.attempt, async () => {
    const design = await shop.run.memo({
      name: 'designer',
      inputs: { formulation, findings, previous },
      result: designResult,
      work: () => {
        const { profile } = shop;
        return shop.agents.designer({ formulation, profile, findings, previous }, agentContext(shop));
      },
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
    work: () => {
      const input = { folder, dataset: shop.dataset, rawRows: formulation.rows.raw, draft };
      return buildDraft(input, agentContext(shop));
    },
    holds: async ({ tree }) => (await hashTree(folder).catch(() => '')) === tree,
  });
}

/** Verification of the package as it stands, by groups of families. */
export function gateStage(
  shop: Workshop,
  item: Item,
  stage: Stage,
  groups: readonly (readonly Family[])[],
): AsyncGenerator<ForgeEvent, GateResult> {
  const folder = stagingOf(shop, item.task);
  return gate(shop, item, stage, { groups }, () => runGate(folder, groups, shop.verify, verifyOptions(shop)));
}

/**
 * Runs the baselines and completes the package with what they score, then lets verification run them once more: the
 * second run proves that they are deterministic, and judges the package as it will stand.
 */
export function executeStage(shop: Workshop, item: Item): AsyncGenerator<ForgeEvent, GateResult> {
  const folder = stagingOf(shop, item.task);
  return gate(shop, item, 'execute', {}, async () => {
    await recordLadder(folder, await shop.climb(folder, agentContext(shop)));
    return runGate(folder, [executionFamilies], shop.verify, verifyOptions(shop));
  });
}

/** A stage that ends with findings; the errors among them are told at once. */
async function* gate(
  shop: Workshop,
  { task, attempt }: Item,
  stage: Stage,
  inputs: object,
  work: () => Promise<GateResult>,
): AsyncGenerator<ForgeEvent, GateResult> {
  const folder = stagingOf(shop, task);
  const result = yield* shop.run.stage(stage, task, attempt, async () => {
    const tree = await hashTree(folder);
    const { value, reused } = await shop.run.memo({
      name: stage,
      inputs: { ...inputs, tree },
      result: gateResult,
      work,
      // A stage that wrote into the package is not skipped unless what it wrote is there; one that could not measure is
      // tried again.
      holds: async (known) => known.tree === tree && !known.findings.some(isIncomplete),
    });
    const judged = stage === 'assert-draft' ? withoutRefactorsWork(value) : value;
    return { value: judged, reused, errors: errorsOf(judged.findings).length };
  });
  for (const finding of errorsOf(result.findings)) yield { type: 'finding', task, finding };
  return result;
}

/** What the Refactor has changed of the Designer's files. */
export interface Refactored {
  readonly prepareChanged: boolean;
  readonly rewritten: readonly string[];
}

/** Brings the draft to the package standard: by the Refactor of the run, or by rule alone from the draft as it was. */
export async function* refactorStage(
  shop: Workshop,
  item: Item & { draft: PackageDraft },
  by: 'agent' | 'rule' = 'agent',
): AsyncGenerator<ForgeEvent, Refactored> {
  const folder = stagingOf(shop, item.task);
  return yield* shop.run.stage('refactor', item.task, item.attempt, async () => {
    if (by === 'rule') await writePackageFiles(folder, item.draft.files);
    const refactor = by === 'rule' ? builtinRefactor : shop.agents.refactor;
    const before = await hashPackage(folder);
    const { value, reused } = await shop.run.memo({
      name: by === 'rule' ? 'refactor-by-rule' : 'refactor',
      inputs: { tree: before, draft: item.draft },
      result: refactorResult,
      work: () => refactor({ task: item.task, folder, draft: item.draft }, agentContext(shop)),
    });
    const files = await keepScores(folder, before, value.files, agentContext(shop));
    await writePackageFiles(folder, files);
    await sealPackage(folder, await readTask(folder));
    const rewritten = Object.keys(files).filter(
      (file) => file in item.draft.files && files[file] !== item.draft.files[file],
    );
    return { value: { prepareChanged: layout.prepare in value.files, rewritten }, reused, errors: 0 };
  });
}
