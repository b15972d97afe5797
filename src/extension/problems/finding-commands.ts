// What can be done about one finding. Called by the quick fixes with the task folder and the finding.
import path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import { ForgeError } from '../../task/errors.ts';
import { type Finding, findingSchema } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type Family, families } from '../../verify/contract.ts';
import { suppression } from '../../verify/repairs/manifest-repairs.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { requireTrust } from '../trust.ts';
import { checkPage } from './check-pages.ts';
import { counterexampleOf } from './counterexample.ts';
import { toRange } from './diagnostics.ts';

/** The manifest's schema asks for a reason of at least as many characters. */
const SHORTEST_REASON = 10;

type Action = (app: App, task: string, finding: Finding) => Promise<void>;

const actions: Readonly<Record<string, Action>> = {
  'mleForge.explainFinding': explain,
  'mleForge.openCounterexample': openCounterexample,
  'mleForge.recheck': recheck,
  'mleForge.suppressFinding': suppress,
};

export function registerFindingCommands(app: App): void {
  for (const [id, act] of Object.entries(actions)) {
    app.command(id, (task, finding) =>
      reportingErrors(app, () => act(app, z.string().parse(task), findingSchema.parse(finding))),
    );
  }
}

async function explain(_app: App, _task: string, { code }: Finding): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', checkPage(code));
}

async function openCounterexample(_app: App, task: string, finding: Finding): Promise<void> {
  const found = counterexampleOf(finding);
  if (found === null) return;
  const { openTextDocument } = vscode.workspace;
  const document =
    found.kind === 'file'
      ? await openTextDocument(vscode.Uri.file(path.join(task, found.file)))
      : await openTextDocument({ content: found.text, language: 'csv' });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function recheck(app: App, task: string, { code }: Finding): Promise<void> {
  requireTrust();
  const family = families.find((known) => code.startsWith(known));
  if (family === undefined) return;
  await app.verifier.verify(task, { origin: 'command', stages: [[...new Set<Family>(['STR', family])]] });
}

/** Writes the suppression through the editor: it can be seen and undone, and saving it is left to the user. */
async function suppress(_app: App, task: string, { code, file }: Finding): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0} in {1}', code, file),
    prompt: vscode.l10n.t('Why is this acceptable? The reason is kept in task.json and shown with the finding.'),
    validateInput: (value) =>
      value.trim().length >= SHORTEST_REASON ? undefined : vscode.l10n.t('At least {0} characters.', SHORTEST_REASON),
  });
  if (reason === undefined) return;
  const uri = vscode.Uri.file(path.join(task, layout.manifest));
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = suppression(document.getText(), { code, file, reason: reason.trim() });
  if (edit === null)
    throw new ForgeError('NO_MANIFEST', `${uri.fsPath} cannot be edited.`, 'Repair the syntax of task.json first.');
  const change = new vscode.WorkspaceEdit();
  change.replace(uri, toRange(edit.range), edit.newText);
  await vscode.workspace.applyEdit(change);
  await vscode.window.showTextDocument(document, { preview: false });
}
