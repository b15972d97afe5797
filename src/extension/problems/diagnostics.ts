// A finding as the editor shows it: on the exact line, linked to the page of its check.
import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding, Range, Severity } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { isWithin } from '../../task/within.ts';
import { checkPage } from './check-pages.ts';

const severityOf: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export const source = 'MLE Forge';

export function toRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** A suppressed finding is a faded piece of information that names its reason: hints do not appear among the Problems. */
export function toDiagnostic(taskFolder: string, finding: Finding): vscode.Diagnostic {
  const { suppressed } = finding;
  const text = `${finding.message}\n${finding.remedy}`;
  const diagnostic =
    suppressed === undefined
      ? new vscode.Diagnostic(toRange(finding.range), text, severityOf[finding.severity])
      : new vscode.Diagnostic(
          toRange(finding.range),
          `${vscode.l10n.t('Suppressed: {0}', suppressed)}\n${text}`,
          vscode.DiagnosticSeverity.Information,
        );
  if (suppressed !== undefined) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.source = source;
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

/** A file of the task. A recorded report may come from anybody: what it places elsewhere stands on the manifest. */
export function fileOf(taskFolder: string, relative: string): vscode.Uri {
  const file = path.resolve(taskFolder, relative);
  return vscode.Uri.file(isWithin(file, taskFolder) ? file : path.join(taskFolder, layout.manifest));
}
