// "Forge Task from Dataset": right-click a folder, watch the stages, read the task.
import path from 'node:path';
import * as vscode from 'vscode';
import type { ForgeEvent } from '../forge/events.ts';
import { forge } from '../forge/forge.ts';
import { layout } from '../task/layout.ts';
import { systemClock } from '../task/ports.ts';
import type { App } from './app.ts';
import { pickDataset } from './dataset-picker.ts';
import { progressText } from './forge-progress.ts';
import { outputFolder, toPath } from './paths.ts';
import { readSettings } from './settings.ts';
import { reportingErrors } from './show-error.ts';
import { requireTrust } from './trust.ts';
import { recordedReport } from './verification/restore-reports.ts';

/** What a run has led to so far. */
interface Outcome {
  run: string | undefined;
  accepted: { task: string; path: string }[];
  rejected: { task: string; reason: string }[];
  refused: string | undefined;
  cancelled: boolean;
}

export function registerForgeCommand(app: App): void {
  app.command('mleForge.forgeTask', (clicked, _selection, resume) =>
    reportingErrors(app, async () => {
      requireTrust();
      const dataset = await pickDataset(clicked);
      if (dataset !== undefined) await forgeFrom(app, dataset, typeof resume === 'string' ? resume : undefined);
    }),
  );
}

async function forgeFrom(app: App, dataset: vscode.Uri, resume: string | undefined): Promise<void> {
  const settings = readSettings(dataset);
  const out = outputFolder(dataset, settings.outputFolder);
  const outcome: Outcome = { run: undefined, accepted: [], rejected: [], refused: undefined, cancelled: false };
  const title = vscode.l10n.t('Forging tasks from {0}', path.basename(toPath(dataset)));

  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const runtime = await app.runtimes.runtimeFor(dataset, settings, abort.signal);
      const request = {
        dataset: toPath(dataset),
        out,
        maxTasks: settings.maxTasks,
        seed: settings.seed,
        keepRejected: false,
        ...(resume === undefined ? {} : { resume }),
      };
      for await (const event of forge(request, { runtime, clock: systemClock, log: app.log, signal: abort.signal })) {
        take(event, outcome);
        const text = progressText(event);
        if (text === null) continue;
        app.log.write('info', text);
        progress.report({ message: text });
      }
    },
  );

  for (const task of outcome.accepted) {
    const report = await recordedReport(task.path);
    if (report !== null) app.verifications.publish(task.path, report, 'forge');
  }
  await tell(app, dataset, outcome);
}

/** Folds one event into what the run has led to. */
function take(event: ForgeEvent, outcome: Outcome): void {
  switch (event.type) {
    case 'run-started':
      outcome.run = event.run;
      break;
    case 'accepted':
      outcome.accepted.push({ task: event.task, path: event.path });
      break;
    case 'rejected':
      outcome.rejected.push({ task: event.task, reason: `${event.code}: ${event.reason}` });
      break;
    case 'refused':
      outcome.refused = event.reason;
      break;
    case 'run-ended':
      outcome.cancelled = event.outcome === 'cancelled';
      break;
    default:
      break;
  }
}

/** Opens the first task and says in one sentence how the run ended. */
async function tell(app: App, dataset: vscode.Uri, outcome: Outcome): Promise<void> {
  const first = outcome.accepted[0];
  if (first !== undefined) {
    const description = vscode.Uri.file(path.join(first.path, layout.description));
    await vscode.window.showTextDocument(description, { preview: false });
  }
  if (outcome.cancelled) {
    const again = vscode.l10n.t('Resume');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Forging was cancelled; nothing is lost.'),
      again,
    );
    if (answer === again && outcome.run !== undefined) await forgeFrom(app, dataset, outcome.run);
    return;
  }
  const showReport = vscode.l10n.t('Show Report');
  const showLog = vscode.l10n.t('Show Log');
  if (first === undefined) {
    const why = outcome.refused ?? outcome.rejected.map((task) => `${task.task}: ${task.reason}`).join(' ');
    const answer = await vscode.window.showWarningMessage(vscode.l10n.t('No task was accepted. {0}', why), showLog);
    if (answer === showLog) app.log.channel.show();
    return;
  }
  const said = vscode.l10n.t('{0} tasks accepted, {1} rejected.', outcome.accepted.length, outcome.rejected.length);
  if ((await vscode.window.showInformationMessage(said, showReport)) === showReport) {
    await vscode.commands.executeCommand('mleForge.showReport', vscode.Uri.file(first.path));
  }
}
