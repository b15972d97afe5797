// Verifies a sample task in tests, and writes findings as one line each.
import type { PythonRuntime } from '../../src/runtime/port.ts';
import type { Finding } from '../../src/task/findings.ts';
import { silentLog, systemClock } from '../../src/task/ports.ts';
import type { Family, VerificationReport } from '../../src/verify/contract.ts';
import { verifyTask } from '../../src/verify/verify.ts';
import { plainPython } from './plain-python.ts';
import type { SampleTask } from './sample-task.ts';

/** The report of some families; the raw dataset is given unless told otherwise. */
export function verifyOnly(
  task: SampleTask,
  only: readonly Family[],
  options: { readonly dataset?: boolean; readonly runtime?: PythonRuntime } = {},
): Promise<VerificationReport> {
  const signal = new AbortController().signal;
  const dataset = options.dataset === false ? {} : { dataset: task.dataset };
  return verifyTask(task.folder, {
    runtime: options.runtime ?? plainPython,
    log: silentLog,
    clock: systemClock,
    signal,
    only,
    ...dataset,
  });
}

/** `CODE file:line message`, one-based, for messages of failed assertions. */
export function listed(findings: readonly Finding[]): string {
  return findings.map((f) => `${f.code} ${f.severity} ${f.file}:${f.range.start.line + 1} ${f.message}`).join('\n');
}
