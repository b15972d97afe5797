// Hovers over the metric: in the manifest, in the description and over `evaluate`.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import type { App } from '../app.ts';
import { taskAround } from '../task-folder.ts';
import { metricSpot } from './metric-spots.ts';
import { metricMarkdown } from './metric-text.ts';

export function registerMetricHover(app: App): void {
  const pattern = `**/{${layout.manifest},${layout.metric},${path.posix.basename(layout.description)}}`;
  app.context.subscriptions.push(
    vscode.languages.registerHoverProvider(
      { scheme: 'file', pattern },
      { provideHover: (document, position) => hoverAt(app, document, position) },
    ),
  );
}

async function hoverAt(
  app: App,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const task = taskAround(document.uri.fsPath);
  const spec = task === undefined ? null : (app.tasks.get(task)?.spec ?? (await readTask(task).catch(() => null)));
  if (task === undefined || spec === null) return undefined;
  const file = path.relative(task, document.uri.fsPath).split(path.sep).join('/');
  const span = metricSpot(file, document.lineAt(position.line).text, position.character, spec.metric);
  if (span === null) return undefined;
  const ladder = app.verifications.of(task)?.report?.ladder ?? app.tasks.get(task)?.report?.ladder ?? [];
  const text = new vscode.MarkdownString(metricMarkdown(spec.metric, ladder, vscode.l10n));
  return new vscode.Hover(text, new vscode.Range(position.line, span[0], position.line, span[1]));
}
