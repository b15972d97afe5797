// verify_task: every check on one task.
import { z } from 'zod';
import { countSeverities } from '../../task/findings.ts';
import { catalogue } from '../../verify/catalogue.ts';
import { families } from '../../verify/contract.ts';
import { counted, ordered } from '../../verify/report/summary.ts';
import { bounded, findingData, findingLines, ladderText, line, notice } from '../answer-text.ts';
import { openPath } from '../open-path.ts';
import { defineTool } from '../tool.ts';

/** The findings that decide; get_findings has the others. */
const shownFindings = 20;

export const verifyTask = defineTool({
  name: 'verify_task',
  title: 'Verify Task',
  description:
    'Runs the checks on a task folder: structure, preparation, leakage, the contract of the metric, statistics, description, ' +
    'baselines, cheating solvers, safety. Answers with the verdict, the worst findings with place, measurement and remedy, ' +
    'and the scores of the baselines. Takes packages of MLE Forge, competition folders of mle-bench and MLE-Dojo, and ' +
    'folders with a grader. Runs the code of the task in a sandbox. Call it after every edit of a task.',
  isReadOnly: false,
  input: z.strictObject({
    task: z.string().min(1).describe('Absolute path of the task folder, for instance the one with task.json.'),
    dataset: z
      .string()
      .min(1)
      .optional()
      .describe('Absolute path of the raw dataset, to build the task again from it. Left out: as remembered.'),
    only: z
      .array(z.enum(families))
      .min(1)
      .optional()
      .describe('Families of checks to run. Left out: all of them, and the report in the task is refreshed.'),
  }),
  run: async ({ task, dataset, only }, host, { signal, progress }) => {
    const folder = await openPath(task, host.roots());
    const source = dataset === undefined ? undefined : await openPath(dataset, host.roots());
    const total = catalogue.filter(({ family }) => only?.includes(family) ?? true).length;
    let done = 0;
    const request = {
      task: folder,
      ...(source === undefined ? {} : { dataset: source }),
      ...(only === undefined ? {} : { only }),
    };
    const report = await host.verify(request, signal, ({ code, status }) => {
      done += 1;
      progress({ message: `${code} ${status}`, done, total: Math.max(done, total) });
    });
    const findings = ordered(report.findings);
    const shown = findings.slice(0, shownFindings);
    const left = findings.length - shown.length;
    const skipped = report.checks.filter(({ status }) => status === 'skipped').length;
    return {
      text: bounded([
        notice,
        '',
        `${line(report.task)}: ${report.verdict}; ${counted(report.findings)}; ${report.checks.length} checks, ${skipped} skipped.`,
        ...(report.ladder.length === 0 ? [] : [line(`Baselines: ${ladderText(report.ladder)}`)]),
        ...shown.flatMap(findingLines),
        ...(left === 0 ? [] : [`${left} more findings: call get_findings.`]),
      ]),
      data: {
        task: line(report.task),
        folder,
        verdict: report.verdict,
        counts: countSeverities(report.findings),
        findings: shown.map(findingData),
        left_out: left,
        skipped,
        ladder: report.ladder,
      },
    };
  },
});
