// What a run tells a person who looks elsewhere: one progress notification while it works, one sentence at its end.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { isResumable, type RunState, type RunStatus } from './run-state.ts';
import { nowText, runLine, statusText } from './run-text.ts';

/** How long the status bar answers a button that has nothing to do any more. */
const staleMs = 10_000;

export function registerAnnouncements(app: App): void {
  const before = new Map<string, RunStatus>();
  app.context.subscriptions.push(
    app.runs.onDidChange(({ run, event }) => {
      const was = before.get(run.key);
      before.set(run.key, run.status);
      if (event?.type === 'accepted') void reportingErrors(app, () => take(app, event.path));
      if (event !== null)
        app.log.write('info', `${path.basename(run.request.dataset)}: ${event.type}, ${nowText(vscode.l10n, run)}`);
      if (was === run.status || (was !== 'running' && run.status !== 'running')) return;
      if (run.status === 'running') void watch(app, run);
      else void reportingErrors(app, () => tell(app, run));
    }),
  );
}

/** A published task: the view shows it, and its findings become Problems. */
async function take(app: App, folder: string): Promise<void> {
  await app.tasks.refresh(folder);
  const report = app.tasks.get(folder)?.report ?? null;
  if (report !== null) app.verifications.publish(folder, report, 'forge');
}

/** Progress until the run stops working, however it does. */
async function watch(app: App, { key, request }: RunState): Promise<void> {
  const title = vscode.l10n.t('Forging tasks from {0}', path.basename(request.dataset));
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => app.runs.cancel(key));
    return new Promise<void>((resolve) => {
      const listener = app.runs.onDidChange(({ run }) => {
        if (run.key !== key) return;
        if (run.status === 'running') progress.report({ message: runLine(vscode.l10n, run, systemClock.now()) });
        else {
          listener.dispose();
          resolve();
        }
      });
    });
  });
}

async function tell(app: App, run: RunState): Promise<void> {
  if (run.status === 'failed') {
    // Retold through the one place that words errors: with the remedy and a way to the log.
    await reportingErrors(app, async () => {
      throw app.runs.errorOf(run.key);
    });
  } else if (run.status === 'cancelled') {
    const resume = vscode.l10n.t('Resume');
    const said = vscode.l10n.t('Forging was cancelled; nothing is lost.');
    if ((await vscode.window.showInformationMessage(said, resume)) === resume) resumeOrTell(app, run.key);
  } else if (run.status === 'done') await tellResult(app, run);
}

/** The message may have stood there while the run was resumed elsewhere, or was taken out of the list. */
function resumeOrTell(app: App, key: string): void {
  const run = app.runs.get(key);
  if (run !== undefined && isResumable(run)) {
    app.runs.resume(key);
    return;
  }
  const said =
    run === undefined
      ? vscode.l10n.t('The run is no longer in the list. Refresh the Tasks view to see it again.')
      : vscode.l10n.t('Nothing to resume: the run is {0}.', statusText(vscode.l10n, run));
  vscode.window.setStatusBarMessage(said, staleMs);
}

/** Opens the first task beside what the user does and says in one sentence how the run ended. */
async function tellResult(app: App, run: RunState): Promise<void> {
  const first = [...run.candidates.values()].find((candidate) => candidate.kind === 'accepted');
  if (first === undefined) {
    const showLog = vscode.l10n.t('Show Log');
    const why = run.reason ?? vscode.l10n.t('All candidates were rejected; the Tasks view names the reasons.');
    const answer = await vscode.window.showWarningMessage(vscode.l10n.t('No task was accepted. {0}', why), showLog);
    if (answer === showLog) app.log.channel.show();
    return;
  }
  const description = vscode.Uri.file(path.join(first.folder, layout.description));
  await vscode.window.showTextDocument(description, { preview: false, preserveFocus: true });
  const said =
    run.accepted === 1
      ? vscode.l10n.t('1 task accepted, {0} rejected.', run.rejected)
      : vscode.l10n.t('{0} tasks accepted, {1} rejected.', run.accepted, run.rejected);
  const showReport = vscode.l10n.t('Show Report');
  if ((await vscode.window.showInformationMessage(said, showReport)) === showReport) {
    await vscode.commands.executeCommand('mleForge.showReport', vscode.Uri.file(first.folder));
  }
}
