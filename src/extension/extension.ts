// The VS Code door. Activation is synchronous and starts no process: features are wired, nothing runs.
import * as vscode from 'vscode';
import { describeError } from '../task/errors.ts';
import { App } from './app.ts';
import { registerRunBaselines } from './baselines/run-baselines.ts';
import { registerForgeCommand } from './forge-command.ts';
import { registerDebug } from './grading/debug-command.ts';
import { registerGradeCommand } from './grading/grade-command.ts';
import { registerMetricHover } from './grading/hover.ts';
import { registerInlineResult } from './grading/inline-result.ts';
import { registerLenses } from './grading/lenses.ts';
import { registerLogCommand } from './log.ts';
import { registerCheckPages } from './problems/check-pages.ts';
import { registerFindingCommands } from './problems/finding-commands.ts';
import { registerQuickFixes } from './problems/quick-fixes.ts';
import { registerReportPanel } from './report-panel.ts';
import { registerTests } from './testing/test-controller.ts';
import { registerRestoredReports } from './verification/restore-reports.ts';
import { registerVerificationStatus } from './verification/verification-status.ts';
import { registerVerifyCommand } from './verification/verify-command.ts';
import { registerVerifyOnSave } from './verification/verify-on-save.ts';

/** What tests may look at; not an API for other extensions. */
export interface ExtensionApi {
  readonly diagnostics: vscode.DiagnosticCollection;
  readonly app: App;
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const app = new App(context);
  context.subscriptions.push(app);
  for (const register of [
    registerLogCommand,
    registerCheckPages,
    registerForgeCommand,
    registerFindingCommands,
    registerQuickFixes,
    registerVerificationStatus,
    registerVerifyCommand,
    registerVerifyOnSave,
    registerGradeCommand,
    registerInlineResult,
    registerLenses,
    registerMetricHover,
    registerDebug,
    registerRunBaselines,
    registerTests,
    registerRestoredReports,
    registerReportPanel,
  ]) {
    try {
      register(app);
    } catch (error) {
      // VS Code does not show a failed activation by itself, and one broken feature must not take the others down.
      app.log.write('error', `${register.name}: ${describeError(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('MLE Forge could not start a feature: {0}', describeError(error)),
      );
    }
  }
  return { diagnostics: app.problems.collection, app };
}
