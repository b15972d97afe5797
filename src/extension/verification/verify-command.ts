// "Verify Task": runs the checks on one task and refreshes its Problems.
import path from 'node:path';
import * as vscode from 'vscode';
import { countSeverities } from '../../task/findings.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { taskFolderOf } from '../task-folder.ts';
import { requireTrust } from '../trust.ts';
import type { VerifyRequest } from './verifier.ts';

export function registerVerifyCommand(app: App): void {
  app.command('mleForge.verifyTask', (clicked) =>
    reportingErrors(app, async () => {
      requireTrust();
      await verify(app, taskFolderOf(clicked), {});
    }),
  );
  for (const [id, family] of [
    ['mleForge.fuzzMetric', 'MET'],
    ['mleForge.checkPreparation', 'PRE'],
  ] as const) {
    app.command(id, (clicked) =>
      reportingErrors(app, async () => {
        requireTrust();
        await verify(app, taskFolderOf(clicked), { stages: [['STR', family]] });
      }),
    );
  }
}

async function verify(app: App, folder: string, request: Pick<VerifyRequest, 'stages'>): Promise<void> {
  const title = vscode.l10n.t('Verifying {0}', path.basename(folder));
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const onCheck = (check: { code: string }) => progress.report({ message: check.code });
      return app.verifier.verify(folder, { origin: 'command', signal: abort.signal, onCheck, ...request });
    },
  );
  const counts = countSeverities(report.findings);
  const said = vscode.l10n.t(
    '{0}: {1}, {2} errors, {3} warnings.',
    report.task,
    report.verdict,
    counts.error,
    counts.warning,
  );
  app.log.write('info', said);
  const showProblems = vscode.l10n.t('Show Problems');
  void vscode.window.showInformationMessage(said, showProblems).then((answer) => {
    if (answer === showProblems) void vscode.commands.executeCommand('workbench.actions.view.problems');
  });
}
