// The VS Code door. Activation is synchronous and starts no process: features are wired, nothing runs.
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { interrupted } from '../forge/interruption.ts';
import { describeError } from '../task/errors.ts';
import { App } from './app.ts';
import { registerBaselineRunCommands } from './baseline-runs/run-commands.ts';
import { registerRunDocuments } from './baseline-runs/run-documents.ts';
import { registerRunBaselines } from './baselines/run-baselines.ts';
import { registerContextKeys } from './context-keys.ts';
import { registerForgeCommand } from './forge/forge-command.ts';
import { registerDebug } from './grading/debug-command.ts';
import { registerGradeCommand } from './grading/grade-command.ts';
import { registerMetricHover } from './grading/hover.ts';
import { registerInlineResult } from './grading/inline-result.ts';
import { registerLenses } from './grading/lenses.ts';
import { registerMcpServers } from './language-model/mcp-servers.ts';
import { registerLanguageModelTools } from './language-model/register-tools.ts';
import { registerLogCommand } from './log.ts';
import { registerSetModelKey } from './models/keys.ts';
import { registerCheckPages } from './problems/check-pages.ts';
import { registerFindingCommands } from './problems/finding-commands.ts';
import { registerQuickFixes } from './problems/quick-fixes.ts';
import { registerReportPanels } from './report/report-panels.ts';
import { registerAnnouncements } from './runs/announce.ts';
import { registerResumeOffer } from './runs/resume-offer.ts';
import { registerRunCommands } from './runs/run-commands.ts';
import { registerStatusBar } from './runs/status-bar.ts';
import { registerSampleCommand } from './sample-command.ts';
import { registerDecorations } from './tasks-view/decorations.ts';
import { registerTaskCommands } from './tasks-view/task-commands.ts';
import { registerTasksView } from './tasks-view/tasks-view.ts';
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

/** VS Code allows five seconds for a deactivation. */
const lastWordsMs = 4000;

let active: App | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const app = new App(context);
  active = app;
  context.subscriptions.push(app);
  for (const register of [
    registerLogCommand,
    registerCheckPages,
    registerContextKeys,
    registerForgeCommand,
    registerSetModelKey,
    registerFindingCommands,
    registerQuickFixes,
    registerVerificationStatus,
    registerRunCommands,
    registerAnnouncements,
    registerStatusBar,
    registerTasksView,
    registerTaskCommands,
    registerDecorations,
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
    registerReportPanels,
    registerRunDocuments,
    registerBaselineRunCommands,
    registerSampleCommand,
    registerLanguageModelTools,
    registerMcpServers,
    registerResumeOffer,
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

/** Lets a run close its journal, so that the next window finds it interrupted and goes on from there. */
export async function deactivate(): Promise<void> {
  const app = active;
  active = undefined;
  if (app === undefined) return;
  const patience = new AbortController();
  const { signal } = patience;
  const waited = sleep(lastWordsMs, undefined, { ref: false, signal }).catch(() => {}); // Ended before its time.
  await Promise.race([app.runs.dispose(interrupted), waited]);
  patience.abort();
  await app.runtimes.dispose();
}
