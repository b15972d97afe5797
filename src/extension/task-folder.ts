// Which task a command is about: the chosen row, the clicked folder, file or tree node, else the file in the editor.
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ForgeError } from '../task/errors.ts';
import { layout } from '../task/layout.ts';
import { toPath } from './paths.ts';
import { rowOf } from './tasks-view/tree-node.ts';

/** The folder with `task.json` at or above a path; undefined when there is none. */
export function taskAround(place: string): string | undefined {
  for (let folder = place; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, layout.manifest))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The location that a command was called with: itself, or the one that a node of a tree stands for. */
export function locationOf(clicked: unknown): vscode.Uri | undefined {
  if (clicked instanceof vscode.Uri) return clicked;
  const resource = rowOf(clicked)?.resource;
  if (resource !== undefined) return vscode.Uri.file(resource);
  const uri = typeof clicked === 'object' && clicked !== null && 'uri' in clicked ? clicked.uri : undefined;
  return uri instanceof vscode.Uri ? uri : undefined;
}

/**
 * The folder with `task.json` at or above the place that was clicked or is being edited.
 * @throws ForgeError when there is none.
 */
export function taskFolderOf(clicked: unknown): string {
  const row = rowOf(clicked);
  if (row?.task !== undefined) return row.task;
  const place = locationOf(clicked) ?? vscode.window.activeTextEditor?.document.uri;
  const folder = place === undefined ? undefined : taskAround(toPath(place));
  if (folder !== undefined) return folder;
  throw new ForgeError(
    'NO_TASK',
    vscode.l10n.t('No task package is here.'),
    vscode.l10n.t('Open a file of a task, or right-click a folder that holds a task.json.'),
  );
}
