// What the editor knows about one task: its manifest, and the last verification of its bytes.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError } from '../../task/errors.ts';
import { countSeverities, type Severity } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { reportSchema, type VerificationReport } from '../../verify/contract.ts';

export interface TaskState {
  /** Absolute path; the key of a task in this window. */
  readonly folder: string;
  /** Null when the manifest cannot be read; `problem` says why. */
  readonly spec: TaskSpec | null;
  readonly problem: string | null;
  /** Null for a task that was never verified. */
  readonly report: VerificationReport | null;
}

/** Reads a task from disk. A task whose manifest or report is broken is still a task. */
export async function readTaskState(folder: string): Promise<TaskState> {
  const report = await readReport(folder);
  try {
    return { folder, spec: await readTask(folder), problem: null, report };
  } catch (error) {
    return { folder, spec: null, problem: describeError(error), report };
  }
}

/** The verification report in a package; null when there is none that follows the schema. */
async function readReport(folder: string): Promise<VerificationReport | null> {
  try {
    const text = await readFile(path.join(folder, layout.report), 'utf8');
    return reportSchema.parse(JSON.parse(text));
  } catch {
    return null; // Absent, torn or from elsewhere: the task counts as not verified.
  }
}

/** Counts of the findings; null for a task that was never verified. */
export function severityCounts(task: TaskState): Record<Severity, number> | null {
  return task.report === null ? null : countSeverities(task.report.findings);
}

/** Whether something about the task needs repair before it can be used. */
export function hasErrors(task: TaskState): boolean {
  return task.problem !== null || (severityCounts(task)?.error ?? 0) > 0;
}
