// "Run Baselines": each baseline in a task of the terminal, where its log is seen and where it can be ended.
import path from 'node:path';
import * as vscode from 'vscode';
import { describeError, ForgeError } from '../../task/errors.ts';
import { type BaselineName, baselineNames } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { taskFolderOf } from '../task-folder.ts';
import { requireTrust } from '../trust.ts';
import { type Climb, climbLadder } from './climb-ladder.ts';
import { PseudoTerminal } from './pseudo-terminal.ts';

const taskType = 'mleForge';

export function registerRunBaselines(app: App): void {
  app.command('mleForge.runBaselines', (clicked, named) =>
    reportingErrors(app, async () => {
      requireTrust();
      const folder = taskFolderOf(clicked);
      const name = baselineNames.find((known) => known === named);
      await inTerminal(app, folder, name === undefined ? undefined : [name]);
    }),
  );
}

/** Resolves when the terminal's task has ended. */
async function inTerminal(app: App, folder: string, names: readonly BaselineName[] | undefined): Promise<void> {
  const title = names === undefined ? vscode.l10n.t('baselines') : vscode.l10n.t('baseline {0}', names.join(', '));
  const execution = new vscode.CustomExecution(
    async () =>
      new PseudoTerminal((write, signal) =>
        climb(app, folder, { write, signal, ...(names === undefined ? {} : { names }) }),
      ),
  );
  const scope = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) ?? vscode.TaskScope.Workspace;
  const definition = { type: taskType, task: folder, baseline: names?.join(',') ?? 'all' };
  const task = new vscode.Task(definition, scope, `${path.basename(folder)}: ${title}`, 'MLE Forge', execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false, clear: true };
  const started = await vscode.tasks.executeTask(task);
  const code = await new Promise<number | undefined>((resolve) => {
    const ended = vscode.tasks.onDidEndTaskProcess(({ execution: one, exitCode }) => {
      if (one !== started) return;
      ended.dispose();
      resolve(exitCode);
    });
  });
  const single = names?.length === 1 ? names[0] : undefined;
  if (code === 0 && single !== undefined)
    await vscode.commands.executeCommand('mleForge.openRun', vscode.Uri.file(folder), single);
}

/** The exit code of the terminal's task: 0 when every baseline has a score. */
async function climb(app: App, folder: string, climbing: Climb): Promise<number> {
  try {
    const { runs, grades } = await climbLadder(app, folder, climbing);
    return runs.every((run) => run.kind === 'run' && grades[run.name]?.kind === 'valid') ? 0 : 1;
  } catch (error) {
    climbing.write(`${error instanceof ForgeError ? `${error.message} ${error.remedy}` : describeError(error)}\n`);
    return 1;
  }
}
