// What the command line lends to the tools of an MCP client: the same core as its commands, in the folders of the invocation.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { builtinAgents } from '../../forge/builtin-agents.ts';
import { forge } from '../../forge/forge.ts';
import { readRun } from '../../forge/runs.ts';
import { verifyFolder } from '../../forge/verify-folder.ts';
import { ForgeError } from '../../task/errors.ts';
import type { LastReport, ToolHost } from '../../toolset/host.ts';
import { userCacheFolder } from '../../verify/cache/disk-cache.ts';
import { createMemory } from '../../verify/cache/memory.ts';
import { isAbout } from '../../verify/package/hash.ts';
import { recordedReport } from '../../verify/report/recorded.ts';
import { gradeSubmission } from '../../verify/runs/grade-submission.ts';
import type { Services } from '../command.ts';
import { folderName } from '../out-folder.ts';

/** A host over the services of one invocation. `roots` are the absolute paths of the open folders. */
export function commandLineHost(services: Services, roots: readonly string[]): ToolHost {
  const { clock, log, io } = services;
  const memory = createMemory(userCacheFolder(io.env));
  // Two runs at once would only make each other slow.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  return {
    log,
    roots: () => roots,
    outFor: (dataset) => outFor(dataset, roots),
    runtime: () => services.runtime(),
    forge: ({ dataset, out, maxTasks, seed = 0, resume }, signal, onEvent) =>
      inTurn(async () => {
        const request = {
          dataset,
          out,
          maxTasks,
          seed,
          keepRejected: false,
          ...(resume === undefined ? {} : { resume }),
        };
        const runtime = await services.runtime();
        if (signal.aborted) return; // while it waited for its turn
        if (resume !== undefined) await requireBuiltin(out, resume);
        for await (const event of forge(request, { runtime, clock, log, signal })) onEvent(event);
      }),
    verify: async ({ task, ...request }, signal, onCheck) => {
      await requireFolder(task);
      const runtime = await services.runtime();
      return verifyFolder(task, { ...request, runtime, clock, log, memory, signal, onCheck, write: true });
    },
    grade: async (task, submission, signal) =>
      gradeSubmission(task, submission, { runtime: await services.runtime(), signal }),
    lastReport: async (task): Promise<LastReport | null> => {
      const report = await recordedReport(task);
      return report === null ? null : { report, isCurrent: await isAbout(report, task, memory.hashes) };
    },
  };
}

/** `mle-forge-tasks` in the open folder that holds the dataset. */
function outFor(dataset: string, roots: readonly string[]): string {
  const root = roots.find((folder) => dataset !== folder && !path.relative(folder, dataset).startsWith('..'));
  if (root !== undefined) return path.join(root, folderName);
  throw new ForgeError(
    'OUT_UNKNOWN',
    `${dataset} is itself the folder that is open to the tools, and nothing is ever written into a dataset.`,
    'Give "out" in another open folder, or start the server with the folder above the dataset.',
  );
}

/** Tools spend no money: a run that a language model drives goes on where somebody can see its budget. */
async function requireBuiltin(out: string, run: string): Promise<void> {
  const { engine } = (await readRun(out, run)).header;
  if (engine === builtinAgents.engine) return;
  throw new ForgeError(
    'RUN_ENGINE',
    `Run ${run} is driven by ${engine}, which costs money.`,
    'A person can go on with it: mle-forge forge DATASET --out DIR --resume RUN.',
  );
}

async function requireFolder(task: string): Promise<void> {
  if ((await stat(task).catch(() => null))?.isDirectory()) return;
  throw new ForgeError('TASK_MISSING', `${task} is no folder.`, 'Give the folder of a task, the one with task.json.');
}
