// mle-forge forge: a dataset becomes verified tasks.
import path from 'node:path';
import { forge } from '../forge/forge.ts';
import type { ForgeRequest } from '../forge/request.ts';
import { RunFold, type RunSummary, summaryOf } from '../forge/run-summary.ts';
import { type RunRecord, readRun } from '../forge/runs.ts';
import { layout } from '../task/layout.ts';
import { readTask } from '../task/package.ts';
import { metricWord } from '../task/task-metric.ts';
import { reportSchema } from '../verify/contract.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { costText } from './cost-text.ts';
import { showProgress } from './forge-progress.ts';
import { ladderLines } from './ladder-text.ts';
import { engineOf, modelOptions } from './model-options.ts';
import { defaultOut, outOption } from './out-folder.ts';
import { readJsonFile } from './read-json.ts';
import { duration, plain, type Terminal } from './terminal.ts';

const defaultMaxTasks = 3;

export const forgeCommand: Command = {
  name: 'forge',
  operands: 'DATASET',
  summary: 'make verified tasks from a dataset folder or file',
  details: [
    'Writes one folder per accepted task to the output folder, and the journal of the run to .mle-forge in it.',
    'The dataset is only read. An interrupted run goes on with --resume RUN.',
  ],
  options: {
    ...outOption,
    'max-tasks': { type: 'string', value: 'N', help: `stop after N accepted tasks (default: ${defaultMaxTasks})` },
    seed: { type: 'string', value: 'N', help: 'seed of splits and samples (default: 0)' },
    ...modelOptions,
    resume: { type: 'string', value: 'RUN', help: 'continue a run that was interrupted' },
    'keep-rejected': { type: 'boolean', help: "keep the packages of rejected candidates in the run's folder" },
    ...pythonOptions,
  },
  run: runForge,
};

async function runForge(args: Arguments, services: Services): Promise<number> {
  const { terminal, clock, log, signal } = services;
  const request = requestOf(args, services.io.cwd);
  const started = clock.now();
  const fold = new RunFold();
  const earlier = request.resume === undefined ? null : await earlierProcesses(request.out, request.resume);
  const resumed = earlier?.header.engine ?? null;
  // What a run has cost is what all its processes have cost.
  for (const event of earlier?.events ?? []) if (event.type === 'model-call') fold.take(event);
  const engine = await engineOf(args, services, { seed: request.seed, tasks: request.maxTasks, resumed });
  const runtime = await services.runtime();
  for await (const event of forge(request, { runtime, clock, log, signal, ...(engine && { engine }) })) {
    fold.take(event);
    showProgress(event, terminal);
  }
  terminal.status('');
  const summary = await summaryOf(fold, clock.now() - started);
  terminal.document(summary);
  await tell(summary, terminal);
  if (fold.outcome === 'cancelled') {
    terminal.complain(
      `Cancelled. Continue with: mle-forge forge ${shellWord(request.dataset)} --out ${shellWord(request.out)} --resume ${fold.run}`,
    );
    return exit.cancelled;
  }
  if (fold.outcome === 'stopped') return exit.found;
  return summary.refused === null && summary.rejected.length === 0 ? exit.good : exit.found;
}

/** What the run was begun with and did; an unknown run is complained of by the forge itself. */
async function earlierProcesses(out: string, run: string): Promise<RunRecord | null> {
  return readRun(out, run).catch(() => null);
}

function requestOf(args: Arguments, cwd: string): ForgeRequest {
  const [dataset, ...others] = args.positionals;
  if (dataset === undefined) throw usage('forge needs a dataset.', 'Write: mle-forge forge DATASET');
  if (others.length > 0) {
    throw usage(
      `forge takes one dataset; ${JSON.stringify(others[0])} is one too many.`,
      'Put names that hold spaces in quotes.',
    );
  }
  const resume = args.text('resume');
  const source = path.resolve(cwd, dataset);
  return {
    dataset: source,
    out: args.text('out') === undefined ? defaultOut(cwd, source) : path.resolve(cwd, args.text('out') ?? ''),
    maxTasks: args.integer('max-tasks', defaultMaxTasks, 1),
    seed: args.integer('seed', 0, 0),
    keepRejected: args.flag('keep-rejected'),
    ...(resume === undefined ? {} : { resume }),
  };
}

/** The result for people: every task with its ladder, every rejected candidate with its reason. */
async function tell(summary: RunSummary, terminal: Terminal): Promise<void> {
  for (const task of summary.tasks) {
    const spec = await readTask(task.path);
    const report = await readJsonFile(path.join(task.path, layout.report), reportSchema);
    const { metric, split, rows } = spec;
    terminal.say(`${terminal.style('green', 'accepted')}  ${terminal.style('bold', plain(spec.title))}`);
    terminal.say(`  ${plain(task.path)}`);
    terminal.say(
      `  ${spec.objective}, ${spec.modality}; ${plain(metricWord(metric))} (${metric.direction}); ${split.kind} split, ${rows.train} train and ${rows.test} test rows`,
    );
    for (const line of ladderLines(report?.ladder ?? [])) terminal.say(`    ${line}`);
    const { warning, information } = task.findings;
    if (warning + information > 0)
      terminal.say(`  ${warning} warnings and ${information} remarks: mle-forge verify shows them`);
    terminal.say();
  }
  for (const { id, stage, code, reason } of summary.rejected) {
    terminal.say(`${terminal.style('red', 'rejected')}  ${id} at ${stage}: ${plain(reason)} (${code})`);
  }
  if (summary.refused !== null)
    terminal.say(`${terminal.style('red', 'refused')}  ${plain(summary.refused.reason)} (${summary.refused.code})`);
  if (summary.cost.calls > 0) terminal.say(`models: ${costText(summary.cost)}`);
  terminal.say(
    `${summary.tasks.length} accepted, ${summary.rejected.length} rejected in ${duration(summary.seconds * 1000)} (run ${summary.run})`,
  );
}

/** A path as a POSIX shell reads it back. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${plain(text).replaceAll("'", "'\\''")}'`;
}
