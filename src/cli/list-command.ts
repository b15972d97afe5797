// mle-forge list: the tasks and runs of an output folder.

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { RunFold } from '../forge/run-summary.ts';
import { listRuns, readRun } from '../forge/runs.ts';
import { ForgeError } from '../task/errors.ts';
import { readTask } from '../task/package.ts';
import { figure } from '../verify/report/summary.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, type Services } from './command.ts';
import { defaultOut, outOption } from './out-folder.ts';
import { aligned, plain } from './terminal.ts';

export const listCommand: Command = {
  name: 'list',
  operands: '[DIR]',
  summary: 'list the tasks and runs of an output folder',
  details: [],
  options: outOption,
  run: runList,
};

async function runList(args: Arguments, { terminal, io }: Services): Promise<number> {
  if (args.positionals.length > 1) throw usage('list takes one folder.', 'Write: mle-forge list [DIR]');
  const given = args.positionals[0] ?? args.text('out');
  const out = given === undefined ? defaultOut(io.cwd) : path.resolve(io.cwd, given);
  if (!(await stat(out).catch(() => null))?.isDirectory()) {
    throw new ForgeError(
      'OUT_MISSING',
      `There is no output folder ${out}.`,
      'Give the folder that holds the tasks, or forge some.',
    );
  }
  const tasks = await tasksIn(out);
  const runs = await runsIn(out);
  terminal.document({ out, tasks, runs });
  terminal.say(`${plain(out)}: ${tasks.length} tasks, ${runs.length} runs`);
  const scores = (task: (typeof tasks)[number]): string =>
    task.constant === null || task.strong === null ? '' : `${figure(task.constant)} -> ${figure(task.strong)}`;
  for (const line of aligned(tasks.map((t) => [t.id, t.objective, t.modality, t.metric, scores(t)])))
    terminal.say(`  ${line}`);
  for (const line of aligned(
    runs.map((r) => [r.run, r.outcome, `${r.accepted} accepted`, `${r.rejected} rejected`, plain(r.dataset)]),
  )) {
    terminal.say(`  ${line}`);
  }
  return exit.good;
}

async function tasksIn(out: string): Promise<
  {
    id: string;
    path: string;
    objective: string;
    modality: string;
    metric: string;
    constant: number | null;
    strong: number | null;
  }[]
> {
  const tasks = [];
  for (const entry of (await readdir(out, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = path.join(out, entry.name);
    const spec = entry.isDirectory() ? await readTask(folder).catch(() => null) : null;
    if (spec === null) continue;
    const { id, objective, modality, metric, difficulty } = spec;
    const scores = { constant: difficulty?.trivial ?? null, strong: difficulty?.strong ?? null };
    tasks.push({ id, path: folder, objective, modality, metric: metric.name, ...scores });
  }
  return tasks;
}

async function runsIn(
  out: string,
): Promise<{ run: string; outcome: string; accepted: number; rejected: number; dataset: string }[]> {
  const runs = [];
  for (const run of await listRuns(out)) {
    const record = await readRun(out, run).catch(() => null);
    if (record === null) {
      runs.push({ run, outcome: 'damaged', accepted: 0, rejected: 0, dataset: '' });
      continue;
    }
    const fold = new RunFold();
    for (const event of record.events) fold.take(event);
    const stopped = fold.outcome === 'running' && record.writer === null;
    const outcome = stopped ? 'interrupted' : fold.outcome;
    runs.push({
      run,
      outcome,
      accepted: fold.accepted.size,
      rejected: fold.rejected.size,
      dataset: record.header.dataset,
    });
  }
  return runs;
}
