// The report panel of one task. It shows the last verification that the window knows and follows its changes.
import path from 'node:path';
import * as vscode from 'vscode';
import { type Message, type Request, requestSchema } from '../../../webview/messages.ts';
import { runOf } from '../../forge/timeline.ts';
import { describeError, ForgeError } from '../../task/errors.ts';
import { measureFigures } from '../../verify/figures/measured.ts';
import { profileFigures } from '../../verify/figures/profile-figures.ts';
import { isAbout } from '../../verify/package/hash.ts';
import type { App } from '../app.ts';
import { checkPage } from '../problems/check-pages.ts';
import { readSettings } from '../settings.ts';
import { reportingErrors } from '../show-error.ts';
import { readTaskState, type TaskState } from '../tasks/task-state.ts';
import { contentOf } from './content.ts';
import { pageAssets, pageHtml } from './page.ts';
import { pageWords } from './words.ts';

export const viewType = 'mleForge.report';

/** What the page may load: nothing but its own script and style. */
export function panelOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [pageAssets(extension)] };
}

/** A pause after the last of several saves. */
const SETTLE_MS = 300;

export class ReportPanel implements vscode.Disposable {
  readonly folder: string;
  readonly panel: vscode.WebviewPanel;
  readonly #app: App;
  readonly #gone = new AbortController();
  readonly #stop: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;
  #measuring = new AbortController();

  constructor(app: App, folder: string, panel: vscode.WebviewPanel) {
    this.#app = app;
    this.folder = folder;
    this.panel = panel;
    panel.webview.options = panelOptions(app.context.extensionUri);
    this.#stop.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#take(message)),
      app.tasks.onDidChange((folders) => {
        if (folders.includes(folder)) void this.#showReport();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.fsPath.startsWith(`${folder}${path.sep}`)) this.#later();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        void this.#showReport();
        void this.#showFigures();
      }),
    );
    panel.webview.html = pageHtml(panel.webview, pageAssets(app.context.extensionUri));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#gone.abort();
    this.#measuring.abort();
    for (const stop of this.#stop) stop.dispose();
  }

  #take(message: unknown): Promise<void> {
    return reportingErrors(this.#app, async () => {
      const request = requestSchema.safeParse(message);
      if (!request.success)
        throw new ForgeError('BAD_MESSAGE', 'The report asked for something unknown.', 'Open it again.');
      await this.#answer(request.data);
    });
  }

  async #answer(request: Request): Promise<void> {
    switch (request.type) {
      case 'ready':
        await this.#showReport();
        await this.#showFigures();
        return;
      case 'open':
        await openPlace(this.folder, request.file, request.line);
        return;
      case 'explain':
        await vscode.window.showTextDocument(checkPage(request.code), { viewColumn: vscode.ViewColumn.One });
        return;
      case 'verify':
        await vscode.commands.executeCommand('mleForge.verifyTask', vscode.Uri.file(this.folder));
        return;
    }
  }

  async #state(): Promise<TaskState> {
    return this.#app.tasks.get(this.folder) ?? (await readTaskState(this.folder));
  }

  async #showReport(): Promise<void> {
    const state = await this.#state();
    const content = contentOf(state, await runOf(this.folder), pageWords(), vscode.workspace.isTrusted);
    if (this.#gone.signal.aborted) return;
    this.panel.title = content.title;
    await this.#send({ type: 'report', content });
    await this.#showAge(state);
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#state().then((state) => this.#showAge(state));
      void this.#showFigures();
    }, SETTLE_MS);
  }

  /** Says when the files are others than those that were verified. */
  async #showAge({ report }: TaskState): Promise<void> {
    const current = report === null || (await isAbout(report, this.folder, this.#app.memory.hashes));
    const note = vscode.l10n.t('The task has changed since it was verified: this report is about its earlier state.');
    await this.#send({ type: 'stale', note: current ? '' : note });
  }

  /** Figures about the data are measured in the sandbox, once for the same bytes. */
  async #showFigures(): Promise<void> {
    this.#measuring.abort();
    this.#measuring = new AbortController();
    const { signal } = this.#measuring;
    const note = await this.#measure(signal).catch((error: unknown) =>
      vscode.l10n.t('The data could not be measured: {0}', describeError(error)),
    );
    if (note !== null && !signal.aborted) await this.#send({ type: 'figures', figures: [], note });
  }

  /** Sends the figures; else returns why there are none. */
  async #measure(signal: AbortSignal): Promise<string | null> {
    if (!vscode.workspace.isTrusted)
      return vscode.l10n.t('Pictures of the data appear once the workspace is trusted: measuring runs Python.');
    const scope = vscode.Uri.file(this.folder);
    const { runtimes, memory, log } = this.#app;
    const runtime = await runtimes.runtimeFor(scope, readSettings(scope), signal);
    const measured = await measureFigures(this.folder, { runtime, memory, log, signal });
    if (signal.aborted) return null;
    if (typeof measured === 'string') return vscode.l10n.t('The data could not be measured: {0}', measured);
    await this.#send({ type: 'figures', figures: profileFigures(measured), note: '' });
    return null;
  }

  async #send(message: Message): Promise<void> {
    if (!this.#gone.signal.aborted) await this.panel.webview.postMessage(message);
  }
}

/** Opens a file of the task; anything outside the task folder is refused. */
async function openPlace(folder: string, file: string, line: number): Promise<void> {
  const target = path.resolve(folder, file);
  if (!target.startsWith(`${folder}${path.sep}`))
    throw new ForgeError('OUTSIDE', `${file} is not inside the task.`, 'Verify the task again.');
  const position = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(target), {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(position, position),
  });
}
