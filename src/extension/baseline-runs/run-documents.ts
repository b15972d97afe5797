// Documents of runs: readable, read-only, refreshed when the task is verified again.
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { readTaskState } from '../tasks/task-state.ts';
import { alignSubmissions } from './align.ts';
import { runFacts, submissionText } from './read-runs.ts';
import { runText } from './run-text.ts';
import { type RunPlace, runOfUri, runScheme } from './run-uris.ts';

export function registerRunDocuments(app: App): void {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const refresh = (folders: readonly string[]): void => {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === runScheme && folders.includes(runOfUri(uri).folder)) changed.fire(uri);
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => textOf(app, uri),
  };
  app.context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(runScheme, provider),
    vscode.languages.registerDocumentLinkProvider(
      { scheme: runScheme, language: 'markdown' },
      { provideDocumentLinks },
    ),
    app.tasks.onDidChange(refresh),
  );
}

async function textOf(app: App, uri: vscode.Uri): Promise<string> {
  const run = runOfUri(uri);
  const task = app.tasks.get(run.folder) ?? (await readTaskState(run.folder));
  if (uri.query === '') return runText(await runFacts(run, task, app.memory.hashes));
  const [side, other = ''] = uri.query.split('=');
  const idColumn = task.spec?.submission.id_column ?? 'id';
  const mine = await submissionText(run);
  const theirs = await submissionText(otherRun(run, other));
  return side === 'first' ? alignSubmissions(mine, theirs, idColumn)[0] : alignSubmissions(theirs, mine, idColumn)[1];
}

/** A run beside another; a name that leaves the folder of runs means nothing. */
function otherRun({ folder }: RunPlace, other: string): RunPlace {
  return { folder, name: path.basename(decodeURIComponent(other)) };
}

/** The files that a run document names. */
function provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
  const { folder } = runOfUri(document.uri);
  const from = document.getText().lastIndexOf('\n## Files\n');
  const links: vscode.DocumentLink[] = [];
  for (let line = document.positionAt(Math.max(0, from)).line; line < document.lineCount; line += 1) {
    const { text } = document.lineAt(line);
    if (from < 0 || !text.startsWith('- ')) continue;
    const range = new vscode.Range(line, 2, line, text.length);
    links.push(new vscode.DocumentLink(range, vscode.Uri.file(path.join(folder, text.slice(2)))));
  }
  return links;
}
