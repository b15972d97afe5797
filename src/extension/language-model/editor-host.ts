// What the editor lends to the tools: the same queue, store and runtime as its commands, so that every view hears of it.
import * as vscode from 'vscode';
import { recognise } from '../../exchange/recognise.ts';
import { builtinEngine } from '../../forge/engine-name.ts';
import { verifyFolder } from '../../forge/verify-folder.ts';
import { ForgeError } from '../../task/errors.ts';
import { systemClock } from '../../task/ports.ts';
import type { ForgeCall, ToolHost, VerifyCall } from '../../toolset/host.ts';
import type { VerificationReport, VerifyOptions } from '../../verify/contract.ts';
import { isAbout } from '../../verify/package/hash.ts';
import { recordedReport } from '../../verify/report/recorded.ts';
import { gradeSubmission } from '../../verify/runs/grade-submission.ts';
import type { App } from '../app.ts';
import { outputFolder, outputFoldersOf, toPath } from '../paths.ts';
import { isResumable } from '../runs/run-state.ts';
import { outputSetting, readSettings } from '../settings.ts';
import { followRun } from './follow-run.ts';

export function editorHost(app: App): ToolHost {
  const runtimeAt = (place: string, signal: AbortSignal) => {
    const scope = vscode.Uri.file(place);
    return app.runtimes.runtimeFor(scope, readSettings(scope), signal);
  };
  return {
    log: app.log,
    roots: () => openFolders(app),
    outFor: outOf,
    runtime: runtimeAt,
    forge: (request, signal, onEvent) => followRun(app.runs, begin(app, request), signal, onEvent),
    verify: (request, signal, onCheck) => verify(app, request, signal, onCheck),
    grade: async (task, submission, signal) => {
      const grade = await gradeSubmission(task, submission, { runtime: await runtimeAt(task, signal), signal });
      app.grades.add({ task, what: submission, grade });
      return grade;
    },
    lastReport: async (task) => {
      const report = app.verifications.of(task)?.report ?? (await recordedReport(task));
      return report === null ? null : { report, isCurrent: await isAbout(report, task, app.memory.hashes) };
    },
  };
}

/** Where the tasks of a dataset go, as its folder's settings say. */
export function outOf(dataset: string): string {
  const scope = vscode.Uri.file(dataset);
  return outputFolder(scope, readSettings(scope).outputFolder);
}

/** The folders of the workspace, where their tasks go, and the tasks that this window knows. */
function openFolders(app: App): string[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return [
    ...folders.flatMap(({ uri }) => [toPath(uri), ...outputFoldersOf(uri, outputSetting(uri))]),
    ...app.tasks.all().map(({ folder }) => folder),
  ];
}

/** Queues a run, or takes one up again; returns its key. */
function begin(app: App, { dataset, out, maxTasks, seed, resume }: ForgeCall): string {
  if (resume !== undefined) {
    const known = app.runs.all().find(({ run, request }) => run === resume && request.out === out);
    if (known === undefined || !isResumable(known)) {
      throw new ForgeError('RUN_UNKNOWN', `There is no run ${resume} in ${out} to go on with.`, 'Start a new run.');
    }
    requireBuiltin(resume, known.request.engine);
    app.runs.resume(known.key);
    return known.key;
  }
  const settings = readSettings(vscode.Uri.file(dataset));
  app.finder.rememberOutput(out);
  return app.runs.start({ dataset, out, engine: builtinEngine, maxTasks, seed: seed ?? settings.seed }).key;
}

/** Tools spend no money: a run that a language model drives goes on where a person sees its budget. */
function requireBuiltin(run: string, engine: string): void {
  if (engine === builtinEngine) return;
  throw new ForgeError(
    'RUN_ENGINE',
    `Run ${run} is driven by ${engine}, which costs money.`,
    'A person can go on with it: Resume Run in the Tasks view.',
  );
}

/** A package is verified as by the command, and shown; a task in another's layout is only told about. */
async function verify(
  app: App,
  { task, dataset, only }: VerifyCall,
  signal: AbortSignal,
  onCheck: NonNullable<VerifyOptions['onCheck']>,
): Promise<VerificationReport> {
  const source = dataset === undefined ? {} : { dataset };
  const { kind } = await recognise(task, dataset ?? null);
  if (kind === 'package') {
    // Every family reads the structure, which is remembered.
    const stages = only === undefined ? {} : { stages: [[...new Set(['STR' as const, ...only])]] };
    return app.verifier.verify(task, { origin: 'command', signal, onCheck, ...source, ...stages });
  }
  const { log, memory } = app;
  const scope = vscode.Uri.file(task);
  const runtime = await app.runtimes.runtimeFor(scope, readSettings(scope), signal);
  const families = only === undefined ? {} : { only };
  const options = { runtime, log, memory, clock: systemClock, signal, onCheck, write: false, ...source, ...families };
  return verifyFolder(task, options);
}
