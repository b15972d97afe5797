// One report panel per task: opened by a command, opened again by the editor after a reload.
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { stateSchema } from '../../../webview/messages.ts';
import { layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { taskFolderOf } from '../task-folder.ts';
import { panelOptions, ReportPanel, viewType } from './report-panel.ts';

export function registerReportPanels(app: App): void {
  const panels = new Map<string, ReportPanel>();
  const adopt = (folder: string, panel: vscode.WebviewPanel): void => {
    const report = new ReportPanel(app, folder, panel);
    panels.set(folder, report);
    panel.onDidDispose(() => {
      report.dispose();
      if (panels.get(folder) === report) panels.delete(folder);
    });
  };
  app.command('mleForge.showReport', (clicked) =>
    reportingErrors(app, async () => {
      const folder = taskFolderOf(clicked);
      const open = panels.get(folder);
      if (open !== undefined) {
        open.panel.reveal();
        return;
      }
      const title = path.basename(folder);
      const options = panelOptions(app.context.extensionUri);
      adopt(folder, vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Beside, options));
    }),
  );
  const serializer: vscode.WebviewPanelSerializer = {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      const kept = stateSchema.safeParse(state);
      const folder = kept.success && path.isAbsolute(kept.data.folder) ? kept.data.folder : undefined;
      // A task that is gone has nothing to show.
      if (folder === undefined || panels.has(folder) || !existsSync(path.join(folder, layout.manifest)))
        panel.dispose();
      else adopt(folder, panel);
    },
  };
  app.context.subscriptions.push(vscode.window.registerWebviewPanelSerializer(viewType, serializer), {
    dispose: () => {
      for (const report of panels.values()) report.dispose();
      panels.clear();
    },
  });
}
