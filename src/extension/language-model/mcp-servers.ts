// The command line as an MCP server for agents in the window that speak that protocol: one per workspace folder, each
// open to its folder alone. Off unless the setting asks for it, since chat has the same tools without a server.
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { toPath } from '../paths.ts';
import { readSettings } from '../settings.ts';
import { requireTrust } from '../trust.ts';

/** As in package.json. */
const providerId = 'mleForge.mcp';

export function registerMcpServers(app: App): void {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  const provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => mcpServers(app),
    resolveMcpServerDefinition: (server, token) => withPython(app, server, token),
  };
  app.context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('mleForge') && fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.lm.registerMcpServerDefinitionProvider(providerId, provider),
  );
}

/** The servers that this window offers. */
export function mcpServers(app: App): vscode.McpStdioServerDefinition[] {
  const wanted: unknown = vscode.workspace.getConfiguration('mleForge').get('mcpServer');
  if (wanted !== true || !vscode.workspace.isTrusted) return [];
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const { extensionPath, extension } = app.context;
  return folders.map(({ uri, name }) => {
    const server = new vscode.McpStdioServerDefinition(
      folders.length === 1 ? 'MLE Forge' : `MLE Forge (${name})`,
      process.execPath,
      [path.join(extensionPath, 'dist', 'cli.cjs'), 'mcp', toPath(uri)],
      // The editor's own program runs scripts only when it is told so; Node does not mind.
      { ELECTRON_RUN_AS_NODE: '1' },
      String(extension.packageJSON.version),
    );
    server.cwd = uri;
    return server;
  });
}

/** Before a server starts: the interpreter of its folder, which may be a question to the user. */
async function withPython(
  app: App,
  server: vscode.McpStdioServerDefinition,
  token: vscode.CancellationToken,
): Promise<vscode.McpStdioServerDefinition> {
  requireTrust();
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const settings = readSettings(server.cwd);
  server.env['MLE_FORGE_PYTHON'] = await app.runtimes.interpreterFor(server.cwd, settings, abort.signal);
  if (settings.allowUnsandboxed) server.args.push('--allow-unsandboxed');
  return server;
}
