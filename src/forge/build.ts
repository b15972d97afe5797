// From a draft to a package with data: write the files, run prepare.py in the sandbox, count what came out.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AgentContext } from '../agents/contracts.ts';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import { describeFailure } from '../runtime/outcome.ts';
import type { JobOutcome } from '../runtime/port.ts';
import { cancelled } from '../task/errors.ts';
import { hashTree } from '../task/hashing.ts';
import { layout } from '../task/layout.ts';
import { hashPackage, writeTask } from '../task/package.ts';
import type { TaskSpec } from '../task/spec.ts';
import { type Prepared, runPrepare } from '../verify/runs/prepare.ts';
import { countCsvRows } from './csv-rows.ts';
import { writePackageFiles } from './package-writer.ts';
import { diskFull } from './storage-error.ts';

type Outcome = Exclude<JobOutcome<Prepared>, { kind: 'cancelled' }>;

export const buildResult = z.strictObject({
  /** Hash of the staging folder after the build. */
  tree: z.string(),
  /** Why prepare.py gave no data; null when it did. */
  problem: z.string().nullable(),
});
export type BuildResult = z.infer<typeof buildResult>;

export interface BuildInput {
  readonly folder: string;
  readonly dataset: string;
  /** Rows (or files) of the raw dataset that the task starts from. */
  readonly rawRows: number;
  readonly draft: PackageDraft;
}

/**
 * Builds a draft in an empty folder. A prepare.py that fails is a result, since the assertions say what is wrong with it.
 * @throws ForgeError when cancelled, or when the disk is full.
 */
export async function buildDraft(input: BuildInput, context: AgentContext): Promise<BuildResult> {
  const { folder, draft } = input;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, 'data'), { recursive: true });
  await writePackageFiles(folder, draft.files);
  const outcome = await prepareData(input, context);
  const problem = outcome.kind === 'done' ? null : describeFailure(outcome);
  if (problem !== null) context.log.write('warn', `${draft.manifest.id}: prepare.py failed: ${problem}`);
  const dropped = outcome.kind === 'done' ? outcome.value.dropped : [];
  await writeTask(folder, {
    ...draft.manifest,
    rows: {
      raw: input.rawRows,
      train: await countCsvRows(path.join(folder, layout.train)),
      test: await countCsvRows(path.join(folder, layout.test)),
      dropped,
    },
    difficulty: null,
    hashes: await hashPackage(folder),
  } satisfies TaskSpec);
  return { tree: await hashTree(folder), problem };
}

/** Throws for what is not the fault of prepare.py: cancellation, and a disk without space. */
async function prepareData({ folder, dataset }: BuildInput, { runtime, signal }: AgentContext): Promise<Outcome> {
  const request = { script: path.join(folder, layout.prepare), dataset, out: path.join(folder, 'data') };
  const outcome = await runPrepare(runtime, request, signal);
  if (outcome.kind === 'cancelled') throw cancelled();
  // The sandbox has a disk limit of its own; this error is the machine's.
  if (outcome.kind === 'raised' && outcome.error.message.includes('No space left on device')) throw diskFull(folder);
  return outcome;
}
