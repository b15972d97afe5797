// Links above the functions of a task. Finding the places is cheap; the texts with scores are made when they come into view.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { taskAround } from '../task-folder.ts';
import { labelOf } from './inline-result.ts';
import { type LensSpot, lensSpots } from './lens-spots.ts';
import { figure } from './score-text.ts';

class TaskLens extends vscode.CodeLens {
  readonly make: () => vscode.Command;
  constructor(line: number, make: () => vscode.Command) {
    super(new vscode.Range(line, 0, line, 0));
    this.make = make;
  }
}

export function registerLenses(app: App): void {
  const { subscriptions } = app.context;
  const metric = lensesIn(app, layout.metric);
  const baselines = lensesIn(app, `${layout.baselines}/*.py`);
  lensesIn(app, `{${layout.prepare},${layout.description}}`);
  // Links that are drawn anew take no click meanwhile, so only those are whose texts may have changed.
  subscriptions.push(app.grades.onDidGrade(metric));
  subscriptions.push({ dispose: app.verifications.onDidChange(({ verified }) => verified && baselines()) });
}

/** Puts links into the files of a pattern; the function that is returned has them drawn anew. */
function lensesIn(app: App, files: string): () => void {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  app.context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('mleForge.codeLens') && fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.languages.registerCodeLensProvider(
      { scheme: 'file', pattern: `**/${files}` },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: (document) => lensesOf(app, document),
        resolveCodeLens: (lens) => {
          if (lens instanceof TaskLens) lens.command = lens.make();
          return lens;
        },
      },
    ),
  );
  return fire;
}

function lensesOf(app: App, { uri, getText }: vscode.TextDocument): TaskLens[] {
  const wanted: unknown = vscode.workspace.getConfiguration('mleForge', uri).get('codeLens');
  if (wanted === false || !vscode.workspace.isTrusted) return [];
  const task = taskAround(uri.fsPath);
  if (task === undefined) return [];
  const file = path.relative(task, uri.fsPath).split(path.sep).join('/');
  return lensSpots(file, getText()).flatMap((spot) =>
    commandsOf(app, task, spot).map((make) => new TaskLens(spot.line, make)),
  );
}

function commandsOf(app: App, task: string, spot: LensSpot): (() => vscode.Command)[] {
  const on = vscode.Uri.file(task);
  const link =
    (title: string, command: string, ...more: unknown[]) =>
    (): vscode.Command => ({
      title,
      command,
      arguments: [on, ...more],
    });
  switch (spot.kind) {
    case 'evaluate':
      return [
        link(vscode.l10n.t('Grade sample'), 'mleForge.gradeSample'),
        link(vscode.l10n.t('Grade answers'), 'mleForge.gradeAnswers'),
        link(vscode.l10n.t('Fuzz'), 'mleForge.fuzzMetric'),
        ...lastScore(app, task, on),
      ];
    case 'validate':
      return [link(vscode.l10n.t('Fuzz'), 'mleForge.fuzzMetric')];
    case 'prepare':
      return [link(vscode.l10n.t('Rebuild'), 'mleForge.checkPreparation')];
    case 'baseline':
      return [
        link(vscode.l10n.t('Run baseline'), 'mleForge.runBaselines', spot.name),
        () => rungCommand(app, task, spot.name),
      ];
    case 'title':
      return [
        link(vscode.l10n.t('Verify'), 'mleForge.verifyTask'),
        link(vscode.l10n.t('Grade a submission...'), 'mleForge.gradeSubmission'),
        link(vscode.l10n.t('Run baselines'), 'mleForge.runBaselines'),
      ];
  }
}

/** Only when there is one: a link that says "no score yet" is noise. */
function lastScore(app: App, task: string, on: vscode.Uri): (() => vscode.Command)[] {
  const last = app.grades.lastOf(task);
  if (last === undefined) return [];
  const said = last.grade.valid ? figure(last.grade.score) : vscode.l10n.t('refused');
  const title = vscode.l10n.t('Last score: {0} ({1})', said, labelOf(last));
  return [() => ({ title, command: 'mleForge.gradeSubmission', arguments: [on] })];
}

function rungCommand(app: App, task: string, name: string): vscode.Command {
  const ladder = app.verifications.of(task)?.report?.ladder ?? app.tasks.get(task)?.report?.ladder ?? [];
  const rung = ladder.find((known) => known.name === name);
  const title =
    rung === undefined ? vscode.l10n.t('No score yet') : vscode.l10n.t('Last score: {0}', figure(rung.score));
  return { title, command: 'mleForge.openRun', arguments: [vscode.Uri.file(task), name] };
}
