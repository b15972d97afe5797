// Findings as entries of the Problems view, on the exact line, linked to the page of their check.
import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding, Range, Severity } from '../task/findings.ts';
import { checkPage } from './check-pages.ts';

const severityOf: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function toRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** A finding as the editor shows it; suppressed findings are hints that name their reason. */
export function toDiagnostic(taskFolder: string, finding: Finding): vscode.Diagnostic {
  const note = finding.suppressed === undefined ? '' : ` (${vscode.l10n.t('suppressed: {0}', finding.suppressed)})`;
  const severity = finding.suppressed === undefined ? severityOf[finding.severity] : vscode.DiagnosticSeverity.Hint;
  const diagnostic = new vscode.Diagnostic(
    toRange(finding.range),
    `${finding.message}${note}\n${finding.remedy}`,
    severity,
  );
  diagnostic.source = 'MLE Forge';
  diagnostic.code = { value: finding.code, target: checkPage(finding.code) };
  diagnostic.relatedInformation = (finding.related ?? []).map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(fileOf(taskFolder, place.file), toRange(place.range)),
        place.message,
      ),
  );
  return diagnostic;
}

function fileOf(taskFolder: string, relative: string): vscode.Uri {
  return vscode.Uri.file(path.join(taskFolder, relative));
}

export class Problems implements vscode.Disposable {
  readonly collection = vscode.languages.createDiagnosticCollection('mle-forge');
  readonly #filesOfTask = new Map<string, vscode.Uri[]>();
  readonly #watcher = vscode.workspace.onDidDeleteFiles((event) => this.#forget(event.files));

  /** Replaces everything that is shown about one task. */
  show(taskFolder: string, findings: readonly Finding[]): void {
    this.clear(taskFolder);
    const byFile = Map.groupBy(findings, (finding) => finding.file);
    const files: vscode.Uri[] = [];
    for (const [file, group] of byFile) {
      const uri = fileOf(taskFolder, file);
      files.push(uri);
      this.collection.set(
        uri,
        group.map((finding) => toDiagnostic(taskFolder, finding)),
      );
    }
    this.#filesOfTask.set(taskFolder, files);
  }

  clear(taskFolder: string): void {
    for (const uri of this.#filesOfTask.get(taskFolder) ?? []) this.collection.delete(uri);
    this.#filesOfTask.delete(taskFolder);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.collection.dispose();
  }

  #forget(deleted: readonly vscode.Uri[]): void {
    for (const task of [...this.#filesOfTask.keys()]) {
      const gone = deleted.some((uri) => task === uri.fsPath || task.startsWith(`${uri.fsPath}${path.sep}`));
      if (gone) this.clear(task);
    }
    for (const uri of deleted) this.collection.delete(uri);
  }
}
