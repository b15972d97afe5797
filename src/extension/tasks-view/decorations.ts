// Marks in the explorer: what competitors never see, and tasks that need repair.
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { decorationOf } from './mark.ts';

const setting = 'mleForge.fileDecorations';

export function registerDecorations(app: App): void {
  const changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  const provider: vscode.FileDecorationProvider = {
    onDidChangeFileDecorations: changed.event,
    provideFileDecoration: (uri) => {
      if (uri.scheme !== 'file') return undefined;
      if (!vscode.workspace.getConfiguration('mleForge', uri).get<boolean>('fileDecorations', true)) return undefined;
      const mark = decorationOf(vscode.l10n, app.tasks.ownerOf(uri.fsPath), uri.fsPath);
      if (mark === undefined) return undefined;
      return new vscode.FileDecoration(mark.badge, mark.tooltip, new vscode.ThemeColor(mark.color));
    },
  };
  app.context.subscriptions.push(
    changed,
    vscode.window.registerFileDecorationProvider(provider),
    // All of them: the files below private/ that the explorer shows are known to it alone.
    app.tasks.onDidChange(() => changed.fire(undefined)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) changed.fire(undefined);
    }),
  );
}
