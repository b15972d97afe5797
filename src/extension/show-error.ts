// Expected errors reach a person with their remedy and a way to the log; bugs say so and keep their trace in the log.
import * as vscode from 'vscode';
import { describeError, explainedRefusal, ForgeError } from '../task/errors.ts';
import type { App } from './app.ts';

/** Runs a command's body; nothing that it throws is lost or shown as a stack trace. */
export async function reportingErrors(app: App, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (thrown) {
    const error = explainedRefusal(thrown);
    const text =
      error instanceof ForgeError
        ? `${error.message} ${error.remedy}`
        : vscode.l10n.t('Unexpected problem: {0}', describeError(error));
    app.log.write(
      'error',
      error instanceof ForgeError ? `${error.code}: ${text}` : String(error instanceof Error ? error.stack : error),
    );
    if (error instanceof ForgeError && error.kind === 'cancelled') return;
    const showLog = vscode.l10n.t('Show Log');
    if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) app.log.channel.show();
  }
}
