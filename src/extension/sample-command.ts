// "Open Sample Dataset": a copy of the bundled sample in a folder of the user's choice.
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './app.ts';
import { toPath } from './paths.ts';
import { reportingErrors } from './show-error.ts';

const folderName = 'mle-forge-sample';

export function registerSampleCommand(app: App): void {
  app.command('mleForge.openSample', (target) =>
    reportingErrors(app, async () => {
      const parent = target instanceof vscode.Uri ? target : await askFolder();
      if (parent === undefined) return;
      const copy = await copySample(path.join(app.context.extensionPath, 'media', 'sample'), toPath(parent));
      await show(vscode.Uri.file(copy));
    }),
  );
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Copy the Sample Here'),
  });
  return picked?.[0];
}

/** Copies the sample datasets below `parent` under a name that is free; returns the new folder. */
async function copySample(sample: string, parent: string): Promise<string> {
  const taken = new Set(await readdir(parent));
  let name = folderName;
  for (let count = 2; taken.has(name); count += 1) name = `${folderName}-${count}`;
  const copy = path.join(parent, name);
  await cp(sample, copy, { recursive: true, errorOnExist: true, force: false });
  return copy;
}

/** In the explorer when the copy lies in the workspace, else as a workspace of its own. */
async function show(copy: vscode.Uri): Promise<void> {
  if (vscode.workspace.getWorkspaceFolder(copy) === undefined) {
    const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
    await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow });
    return;
  }
  const [dataset] = await vscode.workspace.fs.readDirectory(copy);
  const inside = dataset === undefined ? copy : vscode.Uri.joinPath(copy, dataset[0]);
  await vscode.commands.executeCommand('revealInExplorer', inside);
}
