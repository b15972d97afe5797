// A run of checks in the Testing view.
import * as vscode from 'vscode';
import { describeError } from '../../task/errors.ts';
import type { Finding } from '../../task/findings.ts';
import type { Family, VerificationReport } from '../../verify/contract.ts';
import type { App } from '../app.ts';
import { fileOf, toRange } from '../problems/diagnostics.ts';
import { checkResults, comparison } from './check-results.ts';
import { descendants, type TestTree } from './test-tree.ts';

/** Verifies what was asked for, one task after the other. */
export async function runChecks(
  app: App,
  controller: vscode.TestController,
  tree: TestTree,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const run = controller.createTestRun(request);
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  try {
    for (const [folder, wanted] of wantedChecks(controller, tree, request)) {
      if (abort.signal.aborted) break;
      await runTask(app, run, folder, wanted, abort.signal);
    }
  } finally {
    run.end();
  }
}

interface Wanted {
  /** Null for all of them. */
  readonly families: Set<Family> | null;
  readonly items: Map<string, vscode.TestItem>;
}

async function runTask(
  app: App,
  run: vscode.TestRun,
  folder: string,
  { families, items }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  for (const item of items.values()) run.started(item);
  const onCheck = ({ code, status, ms }: { code: string; status: string; ms: number }): void => {
    const item = items.get(code);
    if (item !== undefined) run.appendOutput(`${code} ${status} (${Math.round(ms)} ms)\r\n`, undefined, item);
  };
  try {
    const stages = families === null ? {} : { stages: [[...new Set<Family>(['STR', ...families])]] };
    const report = await app.verifier.verify(folder, { origin: 'tests', signal, onCheck, ...stages });
    tellReport(run, folder, report, items, true);
  } catch (error) {
    for (const item of items.values()) {
      if (signal.aborted) run.skipped(item);
      else run.errored(item, new vscode.TestMessage(describeError(error)));
    }
  }
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

function wantedChecks(
  controller: vscode.TestController,
  tree: TestTree,
  { include, exclude }: vscode.TestRunRequest,
): Map<string, Wanted> {
  const roots = include ?? [...controller.items].map(([, item]) => item);
  const left = new Set((exclude ?? []).flatMap(descendants));
  const wanted = new Map<string, Wanted>();
  for (const root of roots) {
    tree.resolve(root);
    for (const item of descendants(root)) {
      const node = tree.nodeOf(item);
      if (node?.kind !== 'check' || left.has(item)) continue;
      const whole = tree.nodeOf(root)?.kind === 'task' && left.size === 0;
      const known = wanted.get(node.folder) ?? { families: whole ? null : new Set<Family>(), items: new Map() };
      known.items.set(node.code, item);
      known.families?.add(node.family);
      wanted.set(node.folder, known);
    }
  }
  return wanted;
}
