// A run of baselines in the Testing view: a baseline passes when it runs and its submission gets a score.
import * as vscode from 'vscode';
import { type BaselineName, layout } from '../../task/layout.ts';
import type { BaselineRun } from '../../verify/runs/baselines.ts';
import type { Graded } from '../../verify/runs/grade.ts';
import type { App } from '../app.ts';
import { climbLadder } from '../baselines/climb-ladder.ts';
import { fileOf } from '../problems/diagnostics.ts';
import type { TaskRun } from './test-run.ts';

/** Runs the chosen baselines of a task. @throws what keeps them from running at all. */
export async function runBaselineTests(app: App, { folder, chosen, run, signal }: TaskRun<'baseline'>): Promise<void> {
  const items = new Map<BaselineName, vscode.TestItem>(chosen.map(({ item, node }) => [node.name, item]));
  for (const item of items.values()) run.enqueued(item);
  const { runs, grades } = await climbLadder(app, folder, {
    names: [...items.keys()],
    write: (text) => run.appendOutput(text.replace(/\r?\n/g, '\r\n')),
    onStart: (name) => {
      const item = items.get(name);
      if (item !== undefined) run.started(item);
    },
    signal,
  });
  for (const result of runs) {
    const item = items.get(result.name);
    if (item === undefined) continue;
    const failure = failureOf(folder, result, grades[result.name]);
    if (failure === null) run.passed(item, result.ms);
    else run.failed(item, failure, result.ms);
  }
}

/** Null for a baseline that ran and has a score; else what went wrong, at the line of the script that it concerns. */
function failureOf(folder: string, result: BaselineRun, grade: Graded | undefined): vscode.TestMessage | null {
  if (result.kind === 'run' && grade?.kind === 'valid') return null;
  const reason = result.kind === 'failed' ? result.reason : grade?.kind === 'valid' ? '' : grade?.message;
  const message = new vscode.TestMessage(reason ?? vscode.l10n.t('it was not graded'));
  const line = result.kind === 'failed' ? (result.line ?? 1) - 1 : 0;
  const script = fileOf(folder, `${layout.baselines}/${result.name}.py`);
  message.location = new vscode.Location(script, new vscode.Position(line, 0));
  return message;
}
