// Which task a command is about: the clicked folder or file, else the file in the active editor.
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ForgeError } from '../task/errors.ts';
import { layout } from '../task/layout.ts';
import { toPath } from './paths.ts';

/**
 * The folder with `task.json` at or above the place that was clicked or is being edited.
 * @throws ForgeError when there is none.
 */
export function taskFolderOf(clicked: unknown): string {
  const place = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
  if (place !== undefined) {
    for (let folder = toPath(place); ; folder = path.dirname(folder)) {
      if (existsSync(path.join(folder, layout.manifest))) return folder;
      if (folder === path.dirname(folder)) break;
    }
  }
  throw new ForgeError(
    'NO_TASK',
    vscode.l10n.t('No task package is here.'),
    vscode.l10n.t('Open a file of a task, or right-click a folder that holds a task.json.'),
  );
}
