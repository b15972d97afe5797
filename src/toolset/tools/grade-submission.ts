// grade_submission: one file of predictions, one score.
import { z } from 'zod';
import { readTask } from '../../task/package.ts';
import { metricWord } from '../../task/task-metric.ts';
import { figure } from '../../verify/report/summary.ts';
import { bounded, line, notice } from '../answer-text.ts';
import { openPath } from '../open-path.ts';
import { defineTool } from '../tool.ts';

export const gradeSubmission = defineTool({
  name: 'grade_submission',
  title: 'Grade Submission',
  description:
    'Scores a CSV file of predictions against the hidden answers of a task with its own metric.py, in a sandbox. Answers ' +
    'with the score and its 95 % confidence interval, or why the submission is refused. Changes nothing. Takes seconds.',
  isReadOnly: true,
  input: z.strictObject({
    task: z.string().min(1).describe('Absolute path of the task folder, the one with task.json.'),
    submission: z.string().min(1).describe('Absolute path of the CSV file with one prediction per test row.'),
  }),
  run: async ({ task, submission }, host, { signal, progress }) => {
    const folder = await openPath(task, host.roots());
    const csv = await openPath(submission, host.roots());
    const { metric } = await readTask(folder);
    progress({ message: 'grading' });
    const grade = await host.grade(folder, csv, signal);
    const said = grade.valid
      ? `${line(metricWord(metric))} ${figure(grade.score)} (95 % interval ${grade.ci95.map(figure).join(' to ')}; ${better(grade.direction)}; best ${metric.best})`
      : line(`Refused: ${grade.error}`);
    return { text: bounded([notice, '', said]), data: { ...grade, metric: metric.name } };
  },
});

function better(direction: 'maximize' | 'minimize'): string {
  return direction === 'maximize' ? 'higher is better' : 'lower is better';
}
