// "Grade a Submission...": a score with its interval where one looks, or the reason of the refusal and its row.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import { gradeAnswers } from '../../verify/runs/grade-answers.ts';
import { type Grade, gradeSubmission } from '../../verify/runs/grade-submission.ts';
import type { App } from '../app.ts';
import { toPath } from '../paths.ts';
import { readSettings } from '../settings.ts';
import { reportingErrors } from '../show-error.ts';
import { locationOf, taskFolderOf } from '../task-folder.ts';
import { requireTrust } from '../trust.ts';
import { pickSubmission } from './pick-submission.ts';
import { pickTaskFor } from './pick-task.ts';
import { refusedRow } from './refused-row.ts';
import { gradeText } from './score-text.ts';

export function registerGradeCommand(app: App): void {
  const grading = (id: string, choose: (clicked: unknown) => Promise<Choice | undefined>): void =>
    app.command(id, (clicked) =>
      reportingErrors(app, async () => {
        requireTrust();
        const choice = await choose(clicked);
        if (choice !== undefined) await grade(app, choice);
      }),
    );
  grading('mleForge.gradeSubmission', chooseSubmission);
  grading('mleForge.gradeSample', async (clicked) => {
    const task = taskFolderOf(clicked);
    return { task, what: 'sample', csv: path.join(task, layout.sampleSubmission) };
  });
  grading('mleForge.gradeAnswers', async (clicked) => ({ task: taskFolderOf(clicked), what: 'answers', csv: null }));
}

interface Choice {
  readonly task: string;
  readonly what: string;
  /** Null for the answers themselves. */
  readonly csv: string | null;
}

/** From a CSV file to its task, or from a task to one of its submissions. */
async function chooseSubmission(clicked: unknown): Promise<Choice | undefined> {
  const uri = locationOf(clicked) ?? vscode.window.activeTextEditor?.document.uri;
  const place = uri === undefined ? undefined : toPath(uri);
  if (place?.toLowerCase().endsWith('.csv')) {
    const task = await pickTaskFor(place);
    return task === undefined ? undefined : { task, what: place, csv: place };
  }
  const task = taskFolderOf(clicked);
  const csv = await pickSubmission(task);
  return csv === undefined ? undefined : { task, what: csv, csv };
}

async function grade(app: App, { task, what, csv }: Choice): Promise<void> {
  const scope = vscode.Uri.file(task);
  const grade = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Grading'), cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const runtime = await app.runtimes.runtimeFor(scope, readSettings(scope), abort.signal);
      const options = { runtime, signal: abort.signal };
      return csv === null ? gradeAnswers(task, options) : gradeSubmission(task, csv, options);
    },
  );
  app.grades.add({ task, what, grade });
  app.log.write('info', `${path.basename(task)}: ${csv === null ? what : path.basename(csv)}: ${gradeText(grade)}`);
  if (!grade.valid && csv !== null) await tellRefusal(task, csv, grade);
}

/** A refusal needs more room than the status bar has, and a way to the row. */
async function tellRefusal(task: string, csv: string, grade: Grade & { valid: false }): Promise<void> {
  const spec = await readTask(task);
  const line = refusedRow(grade.error, await readFile(csv, 'utf8').catch(() => ''), spec.submission.id_column);
  const open = line === null ? vscode.l10n.t('Open Submission') : vscode.l10n.t('Open Row {0}', line + 1);
  const said = vscode.l10n.t('{0} is refused: {1}', path.basename(csv), grade.error);
  // Not awaited: the command has ended, and the message may stand as long as it likes.
  void vscode.window.showWarningMessage(said, open).then(async (answer) => {
    if (answer !== open) return;
    const selection = new vscode.Range(line ?? 0, 0, line ?? 0, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(csv), { selection });
  });
}
