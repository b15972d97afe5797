// The report panel: what a task asks, its baseline ladder and its findings, at a glance.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';
import { layout } from '../task/layout.ts';
import { taskSpecSchema } from '../task/spec.ts';
import { reportSchema } from '../verify/contract.ts';
import type { App } from './app.ts';
import { reportingErrors } from './show-error.ts';
import { taskFolderOf } from './task-folder.ts';

/** What the page may ask for. The page shows hostile text, so its messages are checked like any other input. */
const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('open'), file: z.string(), line: z.int().min(0) }),
]);

export function registerReportPanel(app: App): void {
  app.command('mleForge.showReport', (clicked) => reportingErrors(app, () => showReport(app, taskFolderOf(clicked))));
}

async function showReport(app: App, folder: string): Promise<void> {
  const content = await readReport(folder);
  const assets = vscode.Uri.joinPath(app.context.extensionUri, 'dist');
  const panel = vscode.window.createWebviewPanel('mleForge.report', content.title, vscode.ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: [assets],
  });
  panel.webview.onDidReceiveMessage((message: unknown) =>
    reportingErrors(app, async () => {
      const request = requestSchema.parse(message);
      if (request.type === 'ready') await panel.webview.postMessage({ type: 'report', content });
      else await open(folder, request.file, request.line);
    }),
  );
  panel.webview.html = page(panel.webview, assets);
}

/** What the page shows: the manifest's words, the ladder and the findings. */
async function readReport(folder: string) {
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
    const text = await readFile(path.join(folder, file), 'utf8').catch(() => undefined);
    const parsed = text === undefined ? undefined : schema.safeParse(safeJson(text));
    if (parsed?.success) return parsed.data;
    throw new ForgeError(
      'NO_REPORT',
      `${path.join(folder, file)} is missing or does not follow its schema.`,
      'Run "MLE Forge: Verify Task" first.',
    );
  };
  const spec = await read(layout.manifest, taskSpecSchema);
  const report = await read(layout.report, reportSchema);
  return {
    title: spec.title,
    summary: spec.summary,
    verdict: report.verdict,
    metric: `${spec.metric.name} (${spec.metric.direction})`,
    split: `${spec.split.kind}: ${spec.split.reason}`,
    rows: `${spec.rows.train} / ${spec.rows.test}`,
    ladder: report.ladder.map(({ name, score, ci95 }) => ({ name, score, ci95 })),
    findings: report.findings.map(({ code, severity, message, file, range }) => ({
      code,
      severity,
      message,
      file,
      line: range.start.line,
    })),
  };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the schema refuses it with the same message as a wrong shape.
  }
}

/** Opens a file of the task; anything outside the task folder is refused. */
async function open(folder: string, file: string, line: number): Promise<void> {
  const target = path.resolve(folder, file);
  if (!target.startsWith(`${folder}${path.sep}`))
    throw new ForgeError('OUTSIDE', `${file} is not inside the task.`, 'Verify the task again.');
  const position = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(target), {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(position, position),
  });
}

function page(webview: vscode.Webview, assets: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(assets, 'report.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(assets, 'report.css'));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; font-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<title>MLE Forge</title>
</head>
<body>
<main id="report" aria-live="polite"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
