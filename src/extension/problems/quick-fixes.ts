// Quick fixes by the code of a finding: repair, re-run, suppress, open the counterexample, explain.
import path from 'node:path';
import * as vscode from 'vscode';
import type { Repair } from '../../verify/repairs/repair.ts';
import { repairFor } from '../../verify/repairs/repairs.ts';
import type { App } from '../app.ts';
import { counterexampleOf } from './counterexample.ts';
import { source, toRange } from './diagnostics.ts';
import type { Entry } from './problems.ts';
import { repairSource } from './repair-source.ts';

export function registerQuickFixes(app: App): void {
  const provider = new QuickFixes(app);
  app.context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}

class QuickFixes implements vscode.CodeActionProvider {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const entries = this.#app.problems.at(document.uri, range);
    const actions: vscode.CodeAction[] = [];
    for (const entry of entries.filter(({ finding }) => finding.suppressed === undefined)) {
      const diagnostics = context.diagnostics.filter(
        (known) => known.source === source && known.message.startsWith(entry.finding.message),
      );
      const repair = await this.#repair(entry);
      const same = actions.find(({ title, edit }) => edit !== undefined && title === repair?.title);
      // One guard may answer several findings of the same line.
      if (same !== undefined) same.diagnostics = [...(same.diagnostics ?? []), ...diagnostics];
      else if (repair !== null) actions.push(repairAction(entry, repair, diagnostics));
      actions.push(...commands(entry, diagnostics));
    }
    return actions;
  }

  async #repair({ task, finding }: Entry): Promise<Repair | null> {
    return repairFor(finding, await repairSource(task, finding, this.#app.memory.hashes));
  }
}

/** The edit goes through the editor, which shows it, can undo it, and leaves saving to the user. */
function repairAction({ task }: Entry, repair: Repair, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(repair.title, vscode.CodeActionKind.QuickFix);
  action.isPreferred = repair.preferred;
  action.diagnostics = diagnostics;
  action.edit = new vscode.WorkspaceEdit();
  for (const { file, range, newText } of repair.edits)
    action.edit.replace(vscode.Uri.file(path.join(task, file)), toRange(range), newText);
  return action;
}

function commands(entry: Entry, diagnostics: vscode.Diagnostic[]): vscode.CodeAction[] {
  const { code } = entry.finding;
  const action = (title: string, command: string): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.command = { title, command, arguments: [entry.task, entry.finding] };
    made.diagnostics = diagnostics;
    return made;
  };
  return [
    ...(counterexampleOf(entry.finding) === null
      ? []
      : [action(vscode.l10n.t('Open the submission that shows it'), 'mleForge.openCounterexample')]),
    ...(vscode.workspace.isTrusted ? [action(vscode.l10n.t('Check {0} again', code), 'mleForge.recheck')] : []),
    action(vscode.l10n.t('Suppress {0} with a reason...', code), 'mleForge.suppressFinding'),
    action(vscode.l10n.t('Explain {0}', code), 'mleForge.explainFinding'),
  ];
}
