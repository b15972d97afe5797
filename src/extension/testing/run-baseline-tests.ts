// A run of baselines in the Testing view: a baseline passes when it runs and its submission gets a score.
import * as vscode from 'vscode';
import { describeError } from '../../task/errors.ts';
import { type BaselineName, layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { climbLadder } from '../baselines/climb-ladder.ts';
import { fileOf } from '../problems/diagnostics.ts';
import { descendants, type TestTree } from './test-tree.ts';

export async function runBaselineTests(
  app: App,
  controller: vscode.TestController,
  tree: TestTree,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const run = controller.createTestRun(request);
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const left = new Set((request.exclude ?? []).flatMap(descendants));
  const tasks = new Map<string, Map<BaselineName, vscode.TestItem>>();
  for (const root of request.include ?? [...controller.items].map(([, item]) => item)) {
    tree.resolve(root);
    for (const item of descendants(root)) {
      const node = tree.nodeOf(item);
      if (node?.kind !== 'baseline' || left.has(item)) continue;
      tasks.set(node.folder, (tasks.get(node.folder) ?? new Map()).set(node.name, item));
    }
  }
  try {
    for (const [folder, items] of tasks) await runTask(app, run, folder, items, abort.signal);
  } finally {
    run.end();
  }
}

async function runTask(
  app: App,
  run: vscode.TestRun,
  folder: string,
  items: ReadonlyMap<BaselineName, vscode.TestItem>,
  signal: AbortSignal,
): Promise<void> {
  const write = (text: string): void => run.appendOutput(text.replace(/\r?\n/g, '\r\n'));
  for (const item of items.values()) run.enqueued(item);
  try {
    const names = [...items.keys()];
    const onStart = (name: BaselineName): void => {
      const item = items.get(name);
      if (item !== undefined) run.started(item);
    };
    const { runs, grades } = await climbLadder(app, folder, { names, write, onStart, signal });
    for (const result of runs) {
      const item = items.get(result.name);
      const grade = grades[result.name];
      if (item === undefined) continue;
      if (result.kind === 'run' && grade?.kind === 'valid') {
        run.passed(item, result.ms);
        continue;
      }
      const reason = result.kind === 'failed' ? result.reason : grade?.kind === 'valid' ? '' : grade?.message;
      const message = new vscode.TestMessage(reason ?? vscode.l10n.t('it was not graded'));
      const line = result.kind === 'failed' ? (result.line ?? 1) - 1 : 0;
      const script = fileOf(folder, `${layout.baselines}/${result.name}.py`);
      message.location = new vscode.Location(script, new vscode.Position(line, 0));
      run.failed(item, message, result.ms);
    }
  } catch (error) {
    for (const item of items.values()) {
      if (signal.aborted) run.skipped(item);
      else run.errored(item, new vscode.TestMessage(describeError(error)));
    }
  }
}
