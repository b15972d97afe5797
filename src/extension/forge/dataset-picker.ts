// Which dataset is meant: the clicked folder, or, from the palette, a choice among the folders at hand.
import * as vscode from 'vscode';
import { usualOutput } from '../paths.ts';

interface FolderItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | null;
}

/** Folders that hold no data. */
const passedOver = new Set(['node_modules', '__pycache__', usualOutput]);

/** The dataset folder that the user means; undefined when the choice was given up. */
export async function pickDataset(clicked: unknown): Promise<vscode.Uri | undefined> {
  if (clicked instanceof vscode.Uri) return clicked;
  const items = await candidateFolders();
  const browse: FolderItem = { label: vscode.l10n.t('$(folder-opened) Browse...'), uri: null, alwaysShow: true };
  const chosen = await vscode.window.showQuickPick([...items, browse], {
    title: vscode.l10n.t('Forge Task from Dataset'),
    placeHolder: vscode.l10n.t('Folder with the raw data'),
  });
  if (chosen === undefined) return undefined;
  if (chosen.uri !== null) return chosen.uri;
  const picked = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Forge from this Folder'),
  });
  return picked?.[0];
}

/** The workspace folders and the folders directly below them. */
async function candidateFolders(): Promise<FolderItem[]> {
  const items: FolderItem[] = [];
  for (const root of vscode.workspace.workspaceFolders ?? []) {
    items.push({ label: root.name, description: root.uri.fsPath, uri: root.uri });
    for (const [name, type] of await vscode.workspace.fs.readDirectory(root.uri)) {
      if (type !== vscode.FileType.Directory || name.startsWith('.') || passedOver.has(name)) continue;
      items.push({ label: name, description: root.name, uri: vscode.Uri.joinPath(root.uri, name) });
    }
  }
  return items;
}
