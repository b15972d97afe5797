// mle-forge grade: one submission, one score.

import path from 'node:path';
import { readTask } from '../task/package.ts';
import { metricWord } from '../task/task-metric.ts';
import { figure } from '../verify/report/summary.ts';
import { gradeSubmission } from '../verify/runs/grade-submission.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { requireFile } from './require-file.ts';
import { plain } from './terminal.ts';

export const gradeCommand: Command = {
  name: 'grade',
  operands: 'TASK SUBMISSION.csv',
  summary: 'score a submission, with its confidence interval, or say why it is invalid',
  details: [],
  options: pythonOptions,
  run: runGrade,
};

async function runGrade(args: Arguments, services: Services): Promise<number> {
  const [task, csv, ...others] = args.positionals;
  if (task === undefined || csv === undefined || others.length > 0) {
    throw usage('grade takes a task and a submission.', 'Write: mle-forge grade TASK SUBMISSION.csv');
  }
  const { terminal, signal, io } = services;
  const folder = path.resolve(io.cwd, task);
  const spec = await readTask(folder);
  const submission = await requireFile(path.resolve(io.cwd, csv), 'SUBMISSION_MISSING');
  const grade = await gradeSubmission(folder, submission, { runtime: await services.runtime(), signal });
  terminal.document(grade);
  if (!grade.valid) {
    terminal.say(`${terminal.style('red', 'invalid')}  ${plain(grade.error)}`);
    return exit.found;
  }
  const [low, high] = grade.ci95;
  const better = grade.direction === 'maximize' ? 'higher is better' : 'lower is better';
  terminal.say(
    `${plain(metricWord(spec.metric))} ${figure(grade.score)}  (95 % interval ${figure(low)} to ${figure(high)}; ${better})`,
  );
  return exit.good;
}
