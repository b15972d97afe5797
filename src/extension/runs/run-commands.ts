// Cancel, resume, dismiss: on the row that was chosen, or on the run that the palette can only mean.
import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { rowOf } from '../tasks-view/tree-node.ts';
import { requireTrust } from '../trust.ts';
import { isActive, isResumable, type RunState } from './run-state.ts';
import { runLine } from './run-text.ts';

export function registerRunCommands(app: App): void {
  const on = (id: string, fits: (run: RunState) => boolean, act: (key: string) => void): void =>
    app.command(id, (clicked) =>
      reportingErrors(app, async () => {
        const key = rowOf(clicked)?.run ?? (typeof clicked === 'string' ? clicked : await choose(app, fits));
        if (key !== undefined) act(key);
      }),
    );
  on(
    'mleForge.cancelRun',
    (run) => isActive(run) || run.isStopping,
    (key) => app.runs.cancel(key),
  );
  on('mleForge.resumeRun', isResumable, (key) => {
    requireTrust();
    app.runs.resume(key);
  });
  on(
    'mleForge.dismissRun',
    (run) => !isActive(run) && !run.isStopping,
    (key) => app.runs.dismiss(key),
  );
}

/** The run that is meant; asked only when there are several. */
async function choose(app: App, fits: (run: RunState) => boolean): Promise<string | undefined> {
  const runs = app.runs.all().filter(fits);
  if (runs.length <= 1) return runs[0]?.key;
  const items = runs.map((run) => ({
    label: path.basename(run.request.dataset),
    description: runLine(vscode.l10n, run, systemClock.now()),
    key: run.key,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which run?') }))?.key;
}
