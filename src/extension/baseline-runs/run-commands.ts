// Commands on baseline runs: read one, compare two, open a baseline as a notebook.
import path from 'node:path';
import * as vscode from 'vscode';
import { ForgeError } from '../../task/errors.ts';
import { baselineNames, layout } from '../../task/layout.ts';
import { readRegularFile } from '../../verify/package/regular-file.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { locationOf, taskFolderOf } from '../task-folder.ts';
import { notebookCells } from './notebook-cells.ts';
import { runNames } from './read-runs.ts';
import { alignedSubmission, type RunPlace, runDocument, runOfUri, runScheme } from './run-uris.ts';

const MAX_SCRIPT = 1_000_000;

export function registerBaselineRunCommands(app: App): void {
  const register = (id: string, run: (clicked: unknown, named: unknown) => Promise<void>) =>
    app.command(id, (clicked, named) => reportingErrors(app, () => run(clicked, named)));
  register('mleForge.openRun', openRun);
  register('mleForge.compareRuns', compareRuns);
  register('mleForge.openNotebook', openNotebook);
}

/** Reads the run of a clicked file, of a baseline that was named, or of one that is chosen. */
async function openRun(clicked: unknown, named: unknown): Promise<void> {
  const known = baselineNames.find((name) => name === named);
  const run =
    known === undefined
      ? (runAt(clicked) ?? (await pickRun(taskAt(clicked), vscode.l10n.t('Run to read'))))
      : { folder: taskAt(clicked), name: known };
  if (run !== undefined) await vscode.window.showTextDocument(runDocument(run), { preview: true });
}

/** Shows run documents, submissions by id and scripts of two runs as one set of differences. */
async function compareRuns(clicked: unknown): Promise<void> {
  const known = runAt(clicked);
  const folder = known?.folder ?? taskAt(clicked);
  const first = known ?? (await pickRun(folder, vscode.l10n.t('First run to compare')));
  if (first === undefined) return;
  const second = await pickRun(folder, vscode.l10n.t('Run to compare {0} with', first.name), first.name);
  if (second === undefined) return;
  const script = ({ name }: RunPlace) => vscode.Uri.file(path.join(folder, layout.baselines, `${name}.py`));
  const submissions = [alignedSubmission(first, second.name, 'first'), alignedSubmission(second, first.name, 'second')];
  const changes = [
    [runDocument(second), runDocument(first), runDocument(second)],
    [submissions[1], submissions[0], submissions[1]],
    [script(second), script(first), script(second)],
  ];
  const title = vscode.l10n.t('Runs of {0}: {1} and {2}', path.basename(folder), first.name, second.name);
  await vscode.commands.executeCommand('vscode.changes', title, changes);
}

/** An untitled notebook; nothing is written unless it is saved. */
async function openNotebook(clicked: unknown): Promise<void> {
  const place = locationOf(clicked) ?? vscode.window.activeTextEditor?.document.uri;
  const folder = taskFolderOf(place);
  const file = place?.fsPath ?? '';
  const script = await readRegularFile(file, MAX_SCRIPT);
  if (path.dirname(file) !== path.join(folder, layout.baselines) || script.kind !== 'file')
    throw new ForgeError(
      'NO_BASELINE',
      vscode.l10n.t('This is no baseline of a task.'),
      vscode.l10n.t('Open a file of its folder baselines, for instance strong.py.'),
    );
  const title = vscode.l10n.t('Baseline {0} of {1}', path.basename(file, '.py'), path.basename(folder));
  const cells = notebookCells(script.content.toString('utf8'), title, path.join(folder, layout.publicData));
  const data = new vscode.NotebookData(
    cells.map(({ kind, text }) =>
      kind === 'code'
        ? new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python')
        : new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, 'markdown'),
    ),
  );
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
  await vscode.window.showNotebookDocument(notebook);
}

/** The run that a file or an open document belongs to. */
function runAt(clicked: unknown): RunPlace | undefined {
  const uri = locationOf(clicked) ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return undefined;
  const run = runOfUri(uri);
  const within = path.join(run.folder, layout.runs, run.name);
  return uri.scheme === runScheme || path.dirname(uri.fsPath) === within ? run : undefined;
}

function taskAt(clicked: unknown): string {
  const active = vscode.window.activeTextEditor?.document.uri;
  return taskFolderOf(locationOf(clicked) ?? (active?.scheme === 'file' ? active : undefined));
}

async function pickRun(folder: string, title: string, without?: string): Promise<RunPlace | undefined> {
  const names = (await runNames(folder)).filter((name) => name !== without);
  if (names.length === 0)
    throw new ForgeError(
      'NO_RUNS',
      vscode.l10n.t('This task has no recorded runs to choose from.'),
      vscode.l10n.t('Run "MLE Forge: Verify Task" first.'),
    );
  const name = await vscode.window.showQuickPick(names, { title, placeHolder: path.basename(folder) });
  return name === undefined ? undefined : { folder, name };
}
