// get_findings: what the last verification of a task had to say, without verifying again.
import { z } from 'zod';
import { ForgeError } from '../../task/errors.ts';
import { type Finding, severities } from '../../task/findings.ts';
import { counted, ordered } from '../../verify/report/summary.ts';
import { bounded, findingData, findingLines, line, notice } from '../answer-text.ts';
import { openPath } from '../open-path.ts';
import { defineTool } from '../tool.ts';

const usualLimit = 50;
const mostFindings = 200;

export const getFindings = defineTool({
  name: 'get_findings',
  title: 'Get Findings',
  description:
    'Reads the findings of the last verification of a task: severity, stable code, place, message, measurement, remedy. ' +
    'Only reads and runs nothing. Tells when the files have changed since; call verify_task then. The codes are ' +
    'explained in docs/checks.md of MLE Forge.',
  isReadOnly: true,
  input: z.strictObject({
    task: z.string().min(1).describe('Absolute path of the task folder.'),
    severity: z.enum(severities).default('information').describe('The least severity to tell.'),
    codes: z
      .array(z.string().regex(/^[A-Z]{3}(\d{3})?$/))
      .min(1)
      .optional()
      .describe('Codes of checks, for instance LEK004, or families, for instance LEK.'),
    limit: z.int().min(1).max(mostFindings).default(usualLimit).describe('Tell at most so many, the worst first.'),
  }),
  run: async ({ task, severity, codes, limit }, host) => {
    const folder = await openPath(task, host.roots());
    const last = await host.lastReport(folder);
    if (last === null) {
      throw new ForgeError('NOT_VERIFIED', `No verification of ${folder} is recorded.`, 'Call verify_task first.');
    }
    const { report, isCurrent } = last;
    const asked = (finding: Finding): boolean =>
      severities.indexOf(finding.severity) <= severities.indexOf(severity) &&
      (codes?.some((code) => finding.code.startsWith(code)) ?? true);
    const found = ordered(report.findings.filter(asked));
    const shown = found.slice(0, limit);
    const left = found.length - shown.length;
    const stale = isCurrent ? [] : ['The files have changed since: call verify_task for findings about them.'];
    return {
      text: bounded([
        notice,
        '',
        `${line(report.task)}: ${report.verdict}; ${counted(report.findings)} in all.`,
        ...stale,
        ...shown.flatMap(findingLines),
        ...(left === 0 ? [] : [`${left} more: narrow the question, or raise the limit.`]),
      ]),
      data: {
        task: line(report.task),
        folder,
        verdict: report.verdict,
        is_current: isCurrent,
        findings: shown.map(findingData),
        left_out: left,
      },
    };
  },
});
