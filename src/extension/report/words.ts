// The texts of the page in the language of the editor.
import * as vscode from 'vscode';
import type { Words } from '../../../webview/messages.ts';

export function pageWords(): Words {
  return {
    accepted: vscode.l10n.t('accepted'),
    rejected: vscode.l10n.t('rejected'),
    unverified: vscode.l10n.t('not verified'),
    findings: vscode.l10n.t('Findings'),
    noFindings: vscode.l10n.t('No findings: every check that ran has passed.'),
    checks: vscode.l10n.t('Verification'),
    checksNote: vscode.l10n.t(
      'Each check counts once, by the worst that it found. Choose a number to go to its findings.',
    ),
    family: vscode.l10n.t('Family'),
    baselines: vscode.l10n.t('Baselines'),
    noBaselines: vscode.l10n.t('No baseline has a score yet.'),
    data: vscode.l10n.t('Data'),
    measuring: vscode.l10n.t('Measuring the data...'),
    run: vscode.l10n.t('Run'),
    noRun: vscode.l10n.t('The run that made this task is not known here.'),
    asTable: vscode.l10n.t('As a table: {0}'),
    evidence: vscode.l10n.t('Evidence'),
    remedy: vscode.l10n.t('Remedy'),
    suppressed: vscode.l10n.t('Accepted by the owner'),
    verify: vscode.l10n.t('Verify'),
    open: vscode.l10n.t('Open {0}'),
    explain: vscode.l10n.t('Explain {0}'),
    show: vscode.l10n.t('{0} {1} in {2}: go to the findings'),
    original: vscode.l10n.t('original {0} by {1} pixels'),
  };
}
