// The state of a task beside the language of its files: checking, its errors, or that it has changed since.
import path from 'node:path';
import * as vscode from 'vscode';
import { countSeverities } from '../../task/findings.ts';
import type { App } from '../app.ts';
import type { Verification } from './verifications.ts';

export function registerVerificationStatus(app: App): void {
  const items = new Map<string, vscode.LanguageStatusItem>();
  const stop = app.verifications.onDidChange(({ folder, state }) => {
    if (state === undefined) {
      items.get(folder)?.dispose();
      items.delete(folder);
      return;
    }
    const item = items.get(folder) ?? createItem(folder);
    items.set(folder, item);
    show(item, state);
  });
  app.context.subscriptions.push({
    dispose: () => {
      stop();
      for (const item of items.values()) item.dispose();
    },
  });
}

function createItem(folder: string): vscode.LanguageStatusItem {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), '**');
  const item = vscode.languages.createLanguageStatusItem(`mleForge.task.${folder}`, { scheme: 'file', pattern });
  item.name = vscode.l10n.t('MLE Forge task');
  return item;
}

function show(item: vscode.LanguageStatusItem, state: Verification): void {
  const { text, severity } = statusOf(state);
  item.text = text;
  item.severity = severity;
  item.busy = state.checking;
  item.detail = path.basename(state.folder);
  item.accessibilityInformation = { label: `${path.basename(state.folder)}: ${text}` };
  item.command =
    state.report === null
      ? {
          title: vscode.l10n.t('Verify'),
          command: 'mleForge.verifyTask',
          arguments: [vscode.Uri.file(state.folder)],
        }
      : { title: vscode.l10n.t('Show Problems'), command: 'workbench.actions.view.problems' };
}

/** What to say about a task in a few words. */
export function statusOf({ checking, failure, report, stale }: Verification): {
  text: string;
  severity: vscode.LanguageStatusSeverity;
} {
  const severities = vscode.LanguageStatusSeverity;
  if (checking) return { text: vscode.l10n.t('checking...'), severity: severities.Information };
  if (failure !== null) return { text: vscode.l10n.t('not verified: {0}', failure), severity: severities.Warning };
  if (stale) return { text: vscode.l10n.t('changed since it was verified'), severity: severities.Warning };
  if (report === null) return { text: vscode.l10n.t('not verified'), severity: severities.Information };
  const { error, warning } = countSeverities(report.findings);
  if (error > 0)
    return {
      text: error === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', error),
      severity: severities.Error,
    };
  if (warning > 0)
    return {
      text: warning === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warning),
      severity: severities.Warning,
    };
  return { text: vscode.l10n.t('verified'), severity: severities.Information };
}
