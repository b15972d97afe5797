// The Testing view: checks and baselines of every task as tests. Results that come from elsewhere are shown there, too.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { requireTrust } from '../trust.ts';
import type { VerificationChange } from '../verification/verifications.ts';
import { runBaselineTests } from './run-baseline-tests.ts';
import { runChecks, tellReport } from './run-checks.ts';
import { runByTask } from './test-run.ts';
import { free, solver, TestTree } from './test-tree.ts';

const MAX_TASKS = 500;

export function registerTests(app: App): void {
  const controller = vscode.tests.createTestController('mleForge', 'MLE Forge');
  const tree = new TestTree(controller);
  controller.resolveHandler = async (item) => {
    if (item === undefined) await findTasks(tree);
    else tree.resolve(item);
  };
  controller.refreshHandler = () => findTasks(tree);
  const { Run } = vscode.TestRunProfileKind;
  const tests = { controller, tree };
  const verify = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    requireTrust();
    await runByTask(tests, request, token, 'check', (task) => runChecks(app, task));
  };
  const climb = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    requireTrust();
    await runByTask(tests, request, token, 'baseline', (task) => runBaselineTests(app, task));
  };
  controller.createRunProfile(vscode.l10n.t('Verify'), Run, verify, true, free);
  controller.createRunProfile(vscode.l10n.t('Baselines'), Run, climb, false, solver);
  const take = (change: VerificationChange): void => {
    if (change.state === undefined) tree.forget(change.folder);
    else if (change.verified && change.state.origin !== 'tests') publish(controller, tree, change.state);
  };
  app.context.subscriptions.push(controller, { dispose: app.verifications.onDidChange(take) });
}

/** Results made elsewhere. A record of an earlier window shows only where somebody has looked. */
function publish(
  controller: vscode.TestController,
  tree: TestTree,
  { folder, report, origin }: NonNullable<VerificationChange['state']>,
): void {
  if (report === null) return;
  const task = origin === 'recorded' ? tree.known(folder) : tree.task(folder);
  if (task === undefined) return;
  const run = controller.createTestRun(new vscode.TestRunRequest([task]), path.basename(folder), false);
  tellReport(run, folder, report, tree.checks(task), false);
  run.end();
}

async function findTasks(tree: TestTree): Promise<void> {
  const found = await vscode.workspace.findFiles(`**/${layout.manifest}`, '**/{node_modules,.*}/**', MAX_TASKS);
  for (const { fsPath } of found) tree.task(path.dirname(fsPath));
}
