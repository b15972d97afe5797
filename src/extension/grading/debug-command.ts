// "Debug": a grader or prepare.py under the Python debugger, on copies of the data. The debugger needs a plain process, so
// this is the one place where code of a task runs without the sandbox, and it asks before the first time.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { findDataset } from '../../forge/find-dataset.ts';
import { makeWorkFolder } from '../../runtime/work-folder.ts';
import { ForgeError } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import type { TaskSpec } from '../../task/spec.ts';
import type { App } from '../app.ts';
import { readSettings } from '../settings.ts';
import { reportingErrors } from '../show-error.ts';
import { taskFolderOf } from '../task-folder.ts';
import { requireTrust } from '../trust.ts';
import { drivers } from './debug-driver.ts';

const debuggerId = 'ms-python.debugpy';
/** Key of the workspace's state: somebody has agreed for this workspace. */
const consentKey = 'mleForge.debugConsent';
const sessionName = 'MLE Forge';

type What = keyof typeof drivers;

export function hasDebugger(): boolean {
  return vscode.extensions.getExtension(debuggerId) !== undefined;
}

export function registerDebug(app: App): void {
  const setContext = (): void => {
    void vscode.commands.executeCommand('setContext', 'mleForge.hasDebugger', hasDebugger());
  };
  setContext();
  app.context.subscriptions.push(vscode.extensions.onDidChange(setContext));
  const start = (what: What) => (clicked: unknown) =>
    reportingErrors(app, async () => {
      requireTrust();
      await debug(app, taskFolderOf(clicked), what);
    });
  app.command('mleForge.debugGrader', start('grade'));
  app.command('mleForge.debugPrepare', start('prepare'));
}

async function debug(app: App, folder: string, what: What): Promise<void> {
  if (!hasDebugger())
    throw new ForgeError(
      'NO_DEBUGGER',
      vscode.l10n.t('The Python Debugger extension is not installed.'),
      vscode.l10n.t('Install "{0}" and try again.', debuggerId),
    );
  if (!(await agreed(app))) return;
  const work = await makeWorkFolder('debug');
  const configuration = await configure(app, folder, what, work);
  const ended = vscode.debug.onDidTerminateDebugSession(({ configuration: known }) => {
    if (known['mleForgeWork'] !== work) return;
    ended.dispose();
    void rm(work, { recursive: true, force: true });
  });
  const started = await vscode.debug.startDebugging(
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)),
    configuration,
  );
  if (started) return;
  ended.dispose();
  await rm(work, { recursive: true, force: true });
}

async function agreed(app: App): Promise<boolean> {
  const { workspaceState } = app.context;
  if (workspaceState.get(consentKey) === true) return true;
  const yes = vscode.l10n.t('Debug without Sandbox');
  const detail = vscode.l10n.t(
    'The code of the task then reads and writes what you can. It works on copies of the data. You are asked once in this workspace.',
  );
  const question = vscode.l10n.t('A debugger cannot enter the sandbox. Run the code of this task outside of it?');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (answer === yes) await workspaceState.update(consentKey, true);
  return answer === yes;
}

/** Copies the data and writes the driver; breakpoints are those of the task's own file. */
async function configure(app: App, folder: string, what: What, work: string): Promise<vscode.DebugConfiguration> {
  const driver = path.join(work, 'driver.py');
  await writeFile(driver, drivers[what]);
  const scope = vscode.Uri.file(folder);
  const python = await app.runtimes.interpreterFor(scope, readSettings(scope), AbortSignal.timeout(120_000));
  const args = what === 'grade' ? await gradeArguments(folder, work) : await prepareArguments(folder, work);
  return {
    type: 'debugpy',
    request: 'launch',
    name: `${sessionName}: ${path.basename(folder)}`,
    program: driver,
    args,
    python,
    cwd: work,
    console: 'internalConsole',
    justMyCode: true,
    mleForgeWork: work,
  };
}

async function gradeArguments(folder: string, work: string): Promise<string[]> {
  const [submission, answers] = [path.join(work, 'submission.csv'), path.join(work, 'test_answer.csv')];
  await cp(path.join(folder, layout.sampleSubmission), submission);
  await cp(path.join(folder, layout.answers), answers);
  return [path.join(folder, layout.metric), submission, answers, ...textColumns(await readTask(folder))];
}

/** The id, and what is predicted as a label: "007" must not become 7. */
function textColumns({ submission }: TaskSpec): string[] {
  const labels = submission.columns.filter(({ dtype }) => ['label', 'string', 'ranked-list'].includes(dtype));
  return [submission.id_column, ...labels.flatMap(({ name, of }) => [name, of.column])];
}

async function prepareArguments(folder: string, work: string): Promise<string[]> {
  const dataset = await findDataset(folder, undefined, folder);
  if (dataset === undefined)
    throw new ForgeError(
      'DATASET_UNKNOWN',
      vscode.l10n.t('No run beside the task remembers where its raw dataset is.'),
      vscode.l10n.t('Forge the task again, or put its dataset back where it was.'),
    );
  const raw = path.join(work, 'raw');
  await mkdir(raw, { recursive: true });
  await cp(dataset, raw, { recursive: true });
  return [path.join(folder, layout.prepare), raw, path.join(work, 'public'), path.join(work, 'private')];
}
