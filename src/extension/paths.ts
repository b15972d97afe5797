// The only place that turns editor locations into paths of the machine that the extension runs on.
import path from 'node:path';
import * as vscode from 'vscode';
import { ForgeError } from '../task/errors.ts';

/**
 * Path of a location.
 * @throws ForgeError for locations that are not on a disk (virtual workspaces).
 */
export function toPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file' || uri.scheme === 'vscode-remote') return uri.fsPath;
  throw new ForgeError(
    'NOT_ON_DISK',
    `${uri.toString()} is not on a disk.`,
    'Open a folder on this machine, or a remote window on the machine that has it.',
  );
}

/** Name of the output folder of a workspace folder, unless a setting says otherwise. */
export const usualOutput = 'mle-forge-tasks';

/** Folders where the tasks of a workspace folder may lie: as the setting says, in the usual place, or beside it. */
export function outputFoldersOf(folder: vscode.Uri, setting: string): string[] {
  const base = toPath(folder);
  const chosen = setting === '' ? [] : [path.resolve(base, setting)];
  return [...chosen, path.join(base, usualOutput), besideOutput(base)];
}

/** Where tasks of a dataset go: the setting, or `mle-forge-tasks` in its workspace folder, or beside the dataset. */
export function outputFolder(dataset: vscode.Uri, setting: string): string {
  const datasetPath = toPath(dataset);
  const folder = vscode.workspace.getWorkspaceFolder(dataset);
  const base = folder === undefined ? path.dirname(datasetPath) : toPath(folder.uri);
  if (setting !== '') return path.resolve(base, setting);
  // A workspace that is the dataset itself must stay untouched.
  return base === datasetPath ? besideOutput(datasetPath) : path.join(base, usualOutput);
}

function besideOutput(dataset: string): string {
  return path.join(path.dirname(dataset), `${path.basename(dataset)}-tasks`);
}
