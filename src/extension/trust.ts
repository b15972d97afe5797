// Generated code runs, so an untrusted workspace is refused in code as well as hidden in the menus.
import * as vscode from 'vscode';
import { ForgeError } from '../task/errors.ts';

/** @throws ForgeError in an untrusted workspace. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ForgeError(
    'UNTRUSTED',
    vscode.l10n.t('This workspace is not trusted, and forging runs generated code next to its data.'),
    vscode.l10n.t('Trust the workspace (command "Workspaces: Manage Workspace Trust") and try again.'),
  );
}
