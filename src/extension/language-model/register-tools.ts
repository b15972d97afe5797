// The tools for language models in the editor. Their names, texts and schemas are in package.json, equal to the toolset's.
import { setMaxListeners } from 'node:events';
import * as vscode from 'vscode';
import { describeError, ForgeError } from '../../task/errors.ts';
import type { ToolHost } from '../../toolset/host.ts';
import type { Tool } from '../../toolset/tool.ts';
import { toolset } from '../../toolset/toolset.ts';
import type { App } from '../app.ts';
import { requireTrust } from '../trust.ts';
import { confirmationOf } from './confirmations.ts';
import { editorHost, outOf } from './editor-host.ts';
import { editorToolName } from './tool-names.ts';

export function registerLanguageModelTools(app: App): void {
  const host = editorHost(app);
  for (const tool of toolset) {
    app.context.subscriptions.push(
      vscode.lm.registerTool<object>(editorToolName(tool), {
        prepareInvocation: ({ input }) => prepare(tool, input),
        invoke: ({ input }, token) => invoke(app, tool, input, host, token),
      }),
    );
  }
}

function prepare({ name, title }: Tool, input: object): vscode.PreparedToolInvocation {
  const dataset: unknown = Reflect.get(input, 'dataset');
  const out = name === 'forge_tasks' && typeof dataset === 'string' ? outOf(dataset) : '';
  const asked = confirmationOf(vscode.l10n, name, input, out);
  if (asked === null) return { invocationMessage: title };
  // A path is the model's: it must not become a link or markup.
  const message = new vscode.MarkdownString().appendText(asked.message);
  return { invocationMessage: title, confirmationMessages: { title: asked.title, message } };
}

async function invoke(
  app: App,
  tool: Tool,
  input: object,
  host: ToolHost,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const abort = new AbortController();
  // Every job of a call listens to this one signal.
  setMaxListeners(0, abort.signal);
  const listener = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  try {
    // Reading a report runs nothing.
    if (tool.name !== 'get_findings') requireTrust();
    const options = { location: vscode.ProgressLocation.Window, title: `MLE Forge: ${tool.title}` };
    const { text } = await vscode.window.withProgress(options, (progress) =>
      tool.run(input, host, {
        signal: abort.signal,
        progress: ({ message }) => progress.report({ message }),
      }),
    );
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (abort.signal.aborted) throw new vscode.CancellationError();
    app.log.write('warn', `${tool.name}: ${describeError(error)}`);
    // The message is all that reaches the model.
    if (error instanceof ForgeError) throw new Error(`${error.message} (${error.code}) ${error.remedy}`);
    throw error;
  } finally {
    listener.dispose();
  }
}
