// The last grade behind the line that it belongs to, and for a moment in the status bar.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import type { Graded } from './grades.ts';
import { lensSpots } from './lens-spots.ts';
import { gradeText } from './score-text.ts';

const STATUS_MS = 15_000;

export function registerInlineResult(app: App): void {
  const decoration = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const draw = (editor: vscode.TextEditor): void => {
    const shown = [...app.grades.all()].flatMap((graded) => decorationsOf(editor.document, graded));
    editor.setDecorations(decoration, shown);
  };
  const drawAll = (): void => vscode.window.visibleTextEditors.forEach(draw);
  app.context.subscriptions.push(
    decoration,
    app.grades.onDidGrade((graded) => {
      drawAll();
      vscode.window.setStatusBarMessage(`$(mortar-board) ${labelOf(graded)}: ${gradeText(graded.grade)}`, STATUS_MS);
    }),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
  );
}

/** What was graded, in a word. */
export function labelOf({ what }: Graded): string {
  if (what === 'sample') return vscode.l10n.t('sample');
  if (what === 'answers') return vscode.l10n.t('answers');
  return path.basename(path.dirname(what)) === 'public'
    ? path.basename(what)
    : path.join(path.basename(path.dirname(what)), path.basename(what));
}

/** Behind `evaluate` of the task's metric, and behind the header of the file that was graded. */
function decorationsOf(document: vscode.TextDocument, graded: Graded): vscode.DecorationOptions[] {
  const { fsPath } = document.uri;
  const metric = path.join(graded.task, layout.metric);
  const line =
    fsPath === graded.what
      ? 0
      : fsPath === metric
        ? lensSpots(layout.metric, document.getText()).find(({ kind }) => kind === 'evaluate')?.line
        : undefined;
  if (line === undefined) return [];
  const end = document.lineAt(line).range.end;
  const hoverMessage = new vscode.MarkdownString().appendText(gradeText(graded.grade));
  const contentText = `${labelOf(graded)}: ${gradeText(graded.grade)}`.slice(0, 160);
  return [{ range: new vscode.Range(end, end), hoverMessage, renderOptions: { after: { contentText } } }];
}
