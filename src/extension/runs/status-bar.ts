// The one item in the status bar: there while a run works or waits, gone otherwise.
import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import { isActive, type RunState } from './run-state.ts';
import { costText, nowText, runLine, tallyText } from './run-text.ts';

/** Left of the problem counts, right of the branch. */
const priority = 10;

export function registerStatusBar(app: App): void {
  const item = vscode.window.createStatusBarItem('mleForge.run', vscode.StatusBarAlignment.Left, priority);
  item.name = vscode.l10n.t('MLE Forge Run');
  item.command = 'mleForge.tasks.focus';
  const update = (): void => {
    const run = app.runs.active();
    if (run === undefined) {
      item.hide();
      return;
    }
    const tally = tallyText(vscode.l10n, run);
    const said = [nowText(vscode.l10n, run), tally].filter((part) => part !== '').join(' · ');
    item.text = `$(sync~spin) ${said}`;
    item.accessibilityInformation = { label: vscode.l10n.t('Forging tasks: {0}', said), role: 'button' };
    item.tooltip = tooltip(app.runs.all().filter(isActive));
    item.show();
  };
  app.context.subscriptions.push(item, app.runs.onDidChange(update));
}

/** A row per run. Only the command that cancels is a link; names of datasets are text. */
function tooltip(runs: readonly RunState[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: ['mleForge.cancelRun'] };
  const l10n = vscode.l10n;
  text.appendMarkdown(`| ${l10n.t('Dataset')} | ${l10n.t('Now')} | ${l10n.t('Cost')} | |\n| --- | --- | --- | --- |\n`);
  for (const run of [...runs].reverse()) {
    const cancel = `command:mleForge.cancelRun?${encodeURIComponent(JSON.stringify([run.key]))}`;
    const cells = [path.basename(run.request.dataset), runLine(l10n, run, systemClock.now()), costText(l10n, run.cost)];
    for (const cell of cells) text.appendMarkdown('| ').appendText(cell.replaceAll('|', '/')).appendMarkdown(' ');
    text.appendMarkdown(`| [${l10n.t('Cancel')}](${cancel}) |\n`);
  }
  return text;
}
