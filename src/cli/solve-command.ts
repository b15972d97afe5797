// mle-forge solve: a model plays a task.
import path from 'node:path';
import { solveTask } from '../agents/solver/solve-task.ts';
import { readTask } from '../task/package.ts';
import { orderWord } from '../verify/execution/solver-order.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { withRecorded } from '../verify/recorded.ts';
import { recordedReport } from '../verify/report/recorded.ts';
import { figure } from '../verify/report/summary.ts';
import type { SolverRun } from '../verify/runs/solver-runs.ts';
import { writeReport } from '../verify/verify.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { costText } from './cost-text.ts';
import { openRoom, seatOptions } from './model-seat.ts';
import { aligned, plain, type Terminal } from './terminal.ts';

/** Enough for a first model and a handful of ideas; each may take minutes. */
const usualActions = 12;

export const solveCommand: Command = {
  name: 'solve',
  operands: 'TASK',
  summary: 'let a model play a task: it sees the public data alone, and is scored once it has ended',
  details: [
    'The model observes, runs scripts and scores solvers on rows held out of train. Its solution is kept in',
    'runs/solver-MODEL/ of the task, beside the baselines. Exit status 1 when it hands nothing over that can be scored.',
  ],
  options: {
    model: { type: 'string', value: 'MODEL', help: 'who plays: PROVIDER:MODEL' },
    actions: { type: 'string', value: 'N', help: `how often it may act (default: ${usualActions})` },
    ...seatOptions,
    ...pythonOptions,
  },
  run: runSolve,
};

async function runSolve(args: Arguments, services: Services): Promise<number> {
  const [task, ...others] = args.positionals;
  if (task === undefined || others.length > 0)
    throw usage('solve takes one task.', 'Write: mle-forge solve TASK --model PROVIDER:MODEL');
  const name = args.text('model');
  if (name === undefined) throw usage('solve needs a model.', 'Name one with --model PROVIDER:MODEL.');
  const actions = args.integer('actions', usualActions, 1);
  const { terminal, clock, signal, io } = services;
  const folder = path.resolve(io.cwd, task);
  const manifest = await readTask(folder);
  const runtime = await services.runtime();
  const what = 'the description, names of files, what the scripts of the solver print';
  const room = await openRoom('solver', [name], what, args, services);
  const [seat] = room.seats;
  if (seat === undefined) throw new Error('a model was named');
  const { sharedRows, desk } = room;
  const files = new PackageFiles(folder);
  const result = await solveTask({ files, manifest, seat, actions, sharedRows, runtime, desk, clock, signal });
  terminal.status('');
  const cost = room.cost();
  if (result.kind === 'unsolved') {
    const { code, reason, attempts } = result;
    terminal.document({ task: manifest.id, model: name, solver: null, failed: { code, reason }, attempts, cost });
    terminal.say(`${terminal.style('red', 'unsolved')}  ${plain(reason)} (${code}; ${attempts} attempts)`);
    terminal.say(costText(cost));
    return exit.found;
  }
  const { run } = result;
  await refreshReport(folder);
  const { direction, name: metric } = manifest.metric;
  const { score, ci95, gains, order, attempts, chosen, stopped } = run;
  terminal.document({
    task: manifest.id,
    model: name,
    metric,
    direction,
    solver: { name: run.name, score, ci95, gains },
    order: { ...order, word: orderWord(order) },
    attempts,
    chosen,
    stopped,
    actions: run.actions,
    cost,
  });
  tell(run, metric, terminal);
  terminal.say(costText(cost));
  return exit.good;
}

/** The report of the task, where it has one, says at once what the run says about the task. */
async function refreshReport(folder: string): Promise<void> {
  const known = await recordedReport(folder);
  if (known !== null) await writeReport(folder, await withRecorded(known, new PackageFiles(folder)));
}

function tell(run: SolverRun, metric: string, terminal: Terminal): void {
  const { score, ci95, gains, order, attempts, chosen, stopped, actions } = run;
  terminal.say(`solver  ${metric} ${figure(score)}  (95 % interval ${figure(ci95[0])} to ${figure(ci95[1])})`);
  for (const baseline of ['constant', 'strong'] as const) {
    const gain = gains[baseline];
    if (gain === null) continue;
    const [low, high] = gain.ci95;
    terminal.say(`  gain over ${baseline}: ${figure(gain.value)}  (95 % interval ${figure(low)} to ${figure(high)})`);
  }
  const shown = (value: number | null): string => (value === null ? '' : figure(value));
  const rows = attempts.map(({ number, outcome, validation, test }) => [
    `${number}${number === chosen.attempt ? ' *' : ''}`,
    outcome,
    shown(validation),
    shown(test),
  ]);
  for (const line of aligned([['attempt', '', 'practice', 'test'], ...rows], [2, 3])) terminal.say(`  ${line}`);
  terminal.say(`  ${orderWord(order)}`);
  terminal.say(`  ${actions.used} of ${actions.allowed} actions; kept in runs/${run.name}/`);
  if (stopped !== null) terminal.say(`  ended before it submitted: ${plain(stopped.reason)} (${stopped.code})`);
}
