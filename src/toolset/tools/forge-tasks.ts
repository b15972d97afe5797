// forge_tasks: a dataset becomes verified tasks.
import { z } from 'zod';
import type { ForgeEvent } from '../../forge/events.ts';
import { RunFold, type RunSummary, summaryOf } from '../../forge/run-summary.ts';
import { stageWords } from '../../forge/stage-words.ts';
import { ForgeError } from '../../task/errors.ts';
import { bounded, line, notice } from '../answer-text.ts';
import { openPath } from '../open-path.ts';
import { defineTool } from '../tool.ts';

const usualTasks = 3;
const mostTasks = 50;

export const forgeTasks = defineTool({
  name: 'forge_tasks',
  title: 'Forge Tasks from Dataset',
  description:
    'Makes verified, competition-style machine-learning tasks from a dataset, with the built-in engine (no model is called). ' +
    'Each accepted task becomes a folder with description, public and private data, grader, baselines and a verification ' +
    'report; rejected candidates come back with the reason. Runs generated code in a sandbox; only reads the dataset. ' +
    'Takes minutes. A run that was interrupted goes on with `resume`, and repeats nothing.',
  isReadOnly: false,
  input: z.strictObject({
    dataset: z.string().min(1).describe('Absolute path of the dataset: a folder, or one data file.'),
    out: z
      .string()
      .min(1)
      .optional()
      .describe('Absolute path of the folder that receives the task folders. Left out: the usual place.'),
    max_tasks: z.int().min(1).max(mostTasks).default(usualTasks).describe('Stop after so many accepted tasks.'),
    seed: z.int().min(0).optional().describe('Seed of splits and samples. Left out: the usual one.'),
    resume: z.string().min(1).optional().describe('Id of a run to go on with, from an earlier answer or error.'),
  }),
  run: async ({ dataset, out, max_tasks: maxTasks, seed, resume }, host, { signal, progress }) => {
    const source = await openPath(dataset, host.roots());
    const target = await openPath(out ?? host.outFor(source), host.roots());
    const fold = new RunFold();
    const onEvent = (event: ForgeEvent): void => {
      fold.take(event);
      const message = messageOf(event);
      if (message !== null) progress({ message });
    };
    const request = {
      dataset: source,
      out: target,
      maxTasks,
      ...(seed === undefined ? {} : { seed }),
      ...(resume === undefined ? {} : { resume }),
    };
    await host.forge(request, signal, onEvent);
    if (fold.outcome !== 'done' && fold.outcome !== 'refused') throw stopped(fold);
    const ms = [...fold.ms.values()].reduce((sum, each) => sum + each, 0);
    const summary = await summaryOf(fold, ms);
    return { text: bounded([notice, '', ...summaryLines(summary)]), data: { ...summary, out: target } };
  },
});

/** What a person who waits wants to read; null for what is only bookkeeping. */
function messageOf(event: ForgeEvent): string | null {
  switch (event.type) {
    case 'formulations':
      return `${event.ids.length} candidates`;
    case 'stage-started':
      return `${event.task ?? 'dataset'}: ${stageWords[event.stage]}`;
    case 'accepted':
      return `${event.task}: accepted`;
    case 'rejected':
      return `${event.task}: rejected (${event.code})`;
    default:
      return null;
  }
}

function stopped(fold: RunFold): ForgeError {
  const remedy =
    fold.run === '' ? 'Call forge_tasks again.' : `Call forge_tasks again with "resume": "${fold.run}" to go on.`;
  return new ForgeError('CANCELLED', 'The run was cancelled.', remedy, 'cancelled');
}

function summaryLines({ run, tasks, rejected, refused }: RunSummary): string[] {
  const scores = (task: RunSummary['tasks'][number]): string =>
    Object.entries(task.baselines)
      .map(([name, score]) => `${name} ${score ?? 'without a score'}`)
      .join(', ');
  return [
    `Run ${run}: ${tasks.length} accepted, ${rejected.length} rejected.`,
    ...(refused === null ? [] : [line(`Refused: ${refused.reason} (${refused.code})`)]),
    ...tasks.flatMap((task) => [
      line(`accepted ${task.id}: ${task.path}`),
      line(`  ${task.objective}, ${task.modality}, ${task.metric}; baselines: ${scores(task)}`),
      `  ${task.findings.warning} warnings, ${task.findings.information} remarks`,
    ]),
    ...rejected.map(({ id, stage, code, reason }) => line(`rejected ${id} at ${stage}: ${reason} (${code})`)),
  ];
}
