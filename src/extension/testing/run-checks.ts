// A run of checks in the Testing view.
import * as vscode from 'vscode';
import type { Finding } from '../../task/findings.ts';
import type { Family, VerificationReport } from '../../verify/contract.ts';
import type { App } from '../app.ts';
import { fileOf, toRange } from '../problems/diagnostics.ts';
import { checkResults, comparison } from './check-results.ts';
import type { TaskRun } from './test-run.ts';

/** Verifies a task as far as was asked for. @throws when it cannot be verified. */
export async function runChecks(app: App, { folder, chosen, isWhole, run, signal }: TaskRun<'check'>): Promise<void> {
  const items = new Map(chosen.map(({ item, node }) => [node.code, item]));
  for (const item of items.values()) run.started(item);
  const onCheck = ({ code, status, ms }: { code: string; status: string; ms: number }): void => {
    const item = items.get(code);
    if (item !== undefined) run.appendOutput(`${code} ${status} (${Math.round(ms)} ms)\r\n`, undefined, item);
  };
  const families = new Set<Family>(['STR', ...chosen.map(({ node }) => node.family)]);
  const stages = isWhole ? {} : { stages: [[...families]] };
  const report = await app.verifier.verify(folder, { origin: 'tests', signal, onCheck, ...stages });
  tellReport(run, folder, report, items, true);
}

/**
 * Shows the results of a report on the items of its checks. With places, failures also stand in the text, as those of a run
 * that somebody has started do; results from elsewhere are among the Problems already.
 */
export function tellReport(
  run: vscode.TestRun,
  folder: string,
  report: VerificationReport,
  items: ReadonlyMap<string, vscode.TestItem>,
  places: boolean,
): void {
  for (const { code, status, reason, findings } of checkResults(report)) {
    const item = items.get(code);
    if (item === undefined) continue;
    if (status === 'skipped') {
      run.appendOutput(`${code} skipped: ${reason ?? ''}\r\n`, undefined, item);
      run.skipped(item);
    } else if (findings.length === 0) run.passed(item);
    else
      run.failed(
        item,
        findings.map((finding) => messageOf(folder, finding, places)),
      );
  }
}

function messageOf(folder: string, finding: Finding, places: boolean): vscode.TestMessage {
  const text = `${finding.message}\n${finding.remedy}`;
  const pair = comparison(finding);
  const message =
    pair === null ? new vscode.TestMessage(text) : vscode.TestMessage.diff(text, pair.expected, pair.actual);
  if (places) message.location = new vscode.Location(fileOf(folder, finding.file), toRange(finding.range));
  return message;
}
