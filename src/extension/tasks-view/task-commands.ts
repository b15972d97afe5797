// What the menus of the Tasks view do with a task or a file of it.
import path from 'node:path';
import * as vscode from 'vscode';
import { describeError, ForgeError } from '../../task/errors.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { taskFolderOf } from '../task-folder.ts';
import { rowOf } from './tree-node.ts';

export function registerTaskCommands(app: App): void {
  const on = (id: string, run: (place: vscode.Uri) => Promise<void>): void =>
    app.command(id, (clicked) => reportingErrors(app, () => run(placeOf(clicked))));
  on('mleForge.revealTask', async (place) => {
    const isInWorkspace = vscode.workspace.getWorkspaceFolder(place) !== undefined;
    await vscode.commands.executeCommand(isInWorkspace ? 'revealInExplorer' : 'revealFileInOS', place);
  });
  on('mleForge.openTaskTerminal', async (place) => {
    const folder = taskFolderOf(place);
    vscode.window.createTerminal({ name: path.basename(folder), cwd: folder }).show();
  });
  on('mleForge.copyTaskPath', async (place) => vscode.env.clipboard.writeText(place.fsPath));
  app.command('mleForge.trashTask', (clicked) => reportingErrors(app, () => trash(app, taskFolderOf(clicked))));
}

/** The file or folder of a row, or the clicked one; else the task that is being edited. */
function placeOf(clicked: unknown): vscode.Uri {
  const resource = rowOf(clicked)?.resource;
  if (resource !== undefined) return vscode.Uri.file(resource);
  return clicked instanceof vscode.Uri ? clicked : vscode.Uri.file(taskFolderOf(clicked));
}

async function trash(app: App, folder: string): Promise<void> {
  const uri = vscode.Uri.file(folder);
  const name = app.tasks.get(folder)?.spec?.title ?? path.basename(folder);
  const move = vscode.l10n.t('Move to Trash');
  const question = vscode.l10n.t('Move the task "{0}" to the trash?', name);
  const detail = vscode.l10n.t('The folder {0} with its data, baselines and runs. The dataset is not touched.', folder);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, move)) !== move) return;
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
  } catch (error) {
    await deleteForGood(uri, name, error);
  }
  app.verifications.forget(folder);
  app.tasks.forget([folder]);
}

/** Remote machines have no trash; nothing is deleted for good without another yes. */
async function deleteForGood(uri: vscode.Uri, name: string, cause: unknown): Promise<void> {
  const remove = vscode.l10n.t('Delete Permanently');
  const question = vscode.l10n.t('This machine has no trash. Delete the task "{0}" permanently?', name);
  const detail = describeError(cause);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) {
    throw new ForgeError('CANCELLED', 'The task was kept.', '', 'cancelled');
  }
  await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false });
}
