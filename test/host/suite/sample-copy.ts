// A copy of the sample task inside the workspace, and waiting for what the editor does on its own.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import type { ExtensionApi } from '../../../src/extension/extension.ts';

/** What the extension shares, once it is active. */
export async function activeApp(): Promise<App> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('mle-forge.mle-forge');
  assert.ok(extension, 'the extension is not installed');
  return (await extension.activate()).app;
}

/** A fresh copy of the sample task. */
export function copySample(): { folder: string; remove(): void; uri(file: string): vscode.Uri } {
  const sample = process.env['SAMPLE_TASK'];
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (sample === undefined || root === undefined) throw new Error('SAMPLE_TASK or the workspace is not set');
  const base = mkdtempSync(path.join(root, 'copy-'));
  const folder = path.join(base, path.basename(sample));
  cpSync(sample, folder, { recursive: true });
  return {
    folder,
    remove: () => rmSync(base, { recursive: true, force: true }),
    uri: (file) => vscode.Uri.file(path.join(folder, file)),
  };
}

/** Replaces a text of a file through the editor and saves it. */
export async function replaceIn(uri: vscode.Uri, from: string, to: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `${uri.path} does not hold ${from}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

/** Waits until `look` finds something. */
export async function until<Value>(what: string, look: () => Value | undefined | false, seconds = 60): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Diagnostics of a file with a code. */
export function problemsOf(uri: vscode.Uri, code: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((shown) => codeOf(shown) === code);
}

function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** Puts another function in the place of one of the editor's, as long as `body` runs. */
export async function standIn(
  owner: object,
  name: string,
  value: unknown,
  body: () => PromiseLike<unknown>,
): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true });
  try {
    await body();
  } finally {
    if (before !== undefined) Object.defineProperty(owner, name, { ...before, configurable: true });
  }
}
