// mle-forge baseline: run the baselines of a task and print the ladder.
import path from 'node:path';
import { type BaselineName, baselineNames } from '../task/layout.ts';
import { readTask } from '../task/package.ts';
import { metricWord } from '../task/task-metric.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { gradeBaselines, runBaselines } from '../verify/runs/baselines.ts';
import { type Arguments, nearest, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { ladderLines } from './ladder-text.ts';
import { plain } from './terminal.ts';

export const baselineCommand: Command = {
  name: 'baseline',
  operands: 'TASK',
  summary: 'run the baselines of a task and print the ladder',
  details: ['Each baseline sees the public data only. Its submission and log are kept in runs/<name>/ of the task.'],
  options: {
    name: { type: 'string', value: 'NAME,...', help: `which to run (default: all of ${baselineNames.join(', ')})` },
    ...pythonOptions,
  },
  run: runBaseline,
};

async function runBaseline(args: Arguments, services: Services): Promise<number> {
  const [task, ...others] = args.positionals;
  if (task === undefined || others.length > 0)
    throw usage('baseline takes one task.', 'Write: mle-forge baseline TASK');
  const names = args.list('name')?.map(baselineNamed);
  const { terminal, signal, io } = services;
  const folder = path.resolve(io.cwd, task);
  const spec = await readTask(folder);
  const request = {
    files: new PackageFiles(folder),
    runtime: await services.runtime(),
    signal,
    reuse: false,
    ...(names === undefined ? {} : { names }),
  };
  terminal.status('running the baselines ...');
  const runs = await runBaselines(request);
  const { grades, ladder } = await gradeBaselines(request, runs, spec);
  terminal.status('');

  const seconds = new Map<string, number>(runs.map(({ name, ms }) => [name, Math.round(ms) / 1000]));
  const failures = runs.flatMap((run) => {
    const grade = grades[run.name];
    if (run.kind === 'failed') return [{ name: run.name, reason: run.reason }];
    return grade?.kind === 'valid' ? [] : [{ name: run.name, reason: grade?.message ?? 'it was not graded' }];
  });
  terminal.document({
    task: spec.id,
    metric: spec.metric.name,
    direction: spec.metric.direction,
    ladder: ladder.map((rung) => ({ ...rung, seconds: seconds.get(rung.name) ?? null })),
    failed: failures,
  });
  terminal.say(`${plain(metricWord(spec.metric))} (${spec.metric.direction})`);
  for (const line of ladderLines(ladder, seconds)) terminal.say(line);
  for (const { name, reason } of failures) terminal.say(`${terminal.style('red', name)} failed: ${plain(reason)}`);
  return failures.length === 0 ? exit.good : exit.found;
}

function baselineNamed(given: string): BaselineName {
  const name = baselineNames.find((known) => known === given);
  if (name !== undefined) return name;
  const near = nearest(given, baselineNames);
  throw usage(
    `There is no baseline ${JSON.stringify(given)}.`,
    near === null ? `Choose from ${baselineNames.join(', ')}.` : `Did you mean ${near}?`,
  );
}
