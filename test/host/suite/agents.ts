// The tools for language models, called through the editor as a chat would, and the MCP server that it offers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { App } from '../../../src/extension/app.ts';
import { mcpServers } from '../../../src/extension/language-model/mcp-servers.ts';
import { workspaceFolder } from './extension-under-test.ts';
import { activeApp, copySample, replaceIn, standIn } from './sample-copy.ts';

const contributed: { name: string; inputSchema: object }[] =
  vscode.extensions.getExtension('mle-forge.mle-forge')?.packageJSON.contributes.languageModelTools;

/** What a tool says. The driver of these tests answers confirmations that speak of the sandbox with yes. */
async function call(name: string, input: object): Promise<string> {
  const options = { input, toolInvocationToken: undefined };
  const result = await vscode.lm.invokeTool(`mle-forge_${name}`, options);
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('for agents', function () {
  this.timeout(240_000);
  let app: App;
  let task: ReturnType<typeof copySample>;

  before(async () => {
    app = await activeApp();
    task = copySample();
  });
  after(() => task.remove());

  it('has every tool of the manifest, with its schema', () => {
    assert.equal(contributed.length, 5);
    for (const { name, inputSchema } of contributed) {
      const known = vscode.lm.tools.find((tool) => tool.name === name);
      assert.deepEqual(known?.inputSchema, inputSchema, name);
    }
  });

  it('describes a dataset without a question, and shows no example values', async () => {
    const said = await call('inspect_dataset', { dataset: path.join(path.dirname(task.folder), 'absent') }).catch(
      String,
    );
    assert.match(said, /DATASET_MISSING.* Check the path/);
    const sample = path.join(workspaceFolder(), 'sample', 'raw');
    const told = await call('inspect_dataset', { dataset: sample });
    assert.match(told, /stones\.csv: \d+ rows/);
    assert.doesNotMatch(told, /e\.g\./);
  });

  it('verifies after a confirmation, shows the Problems, and tells the findings again', async () => {
    await replaceIn(task.uri('metric.py'), 'import pandas', 'import requests\nimport pandas');
    const told = await call('verify_task', { task: task.folder });
    assert.match(told, /^error \w{3}\d{3} metric\.py:/m);
    assert.ok(app.verifications.of(task.folder)?.report?.findings.length);
    assert.ok(vscode.languages.getDiagnostics(task.uri('metric.py')).length > 0);
    assert.match(readFileSync(task.uri('verification/report.html').fsPath, 'utf8'), /<h3>Target: kind<\/h3>/);
    const again = await call('get_findings', { task: task.folder, severity: 'error' });
    assert.match(again, /^error \w{3}\d{3} metric\.py:/m);
    assert.doesNotMatch(again, /changed since: call/);
    await replaceIn(task.uri('metric.py'), 'import requests\n', '');
  });

  it('scores a submission after a confirmation, where lenses and hovers see it too', async () => {
    const submission = task.uri('data/public/sample_submission.csv').fsPath;
    assert.match(await call('grade_submission', { task: task.folder, submission }), /accuracy .*95 % interval/);
    assert.equal(app.grades.lastOf(task.folder)?.what, submission);
  });

  it('forges through the queue of the window, and cancelling the call cancels the run', async () => {
    const cancelling = new vscode.CancellationTokenSource();
    const dataset = path.join(workspaceFolder(), 'sample', 'raw');
    const listener = app.runs.onDidChange(({ run, event }) => {
      if (run.request.dataset === dataset && event?.type === 'run-started') cancelling.cancel();
    });
    const input = { dataset, max_tasks: 1 };
    const options = { input, toolInvocationToken: undefined };
    await assert.rejects(async () => vscode.lm.invokeTool('mle-forge_forge_tasks', options, cancelling.token));
    listener.dispose();
    const run = app.runs.all().find(({ request }) => request.dataset === dataset);
    assert.equal(run?.status, 'cancelled');
    assert.equal(run?.request.out, path.join(workspaceFolder(), 'mle-forge-tasks'));
    while (app.runs.get(run?.key ?? '')?.isStopping) await new Promise((resolve) => setTimeout(resolve, 50));
    app.runs.dismiss(run?.key ?? '');
  });

  it('stays in the workspace, and runs nothing where it is not trusted', async () => {
    await assert.rejects(call('inspect_dataset', { dataset: tmpdir() }), /PATH_OUTSIDE.*Open to the tools/);
    await standIn(vscode.workspace, 'isTrusted', false, async () => {
      await assert.rejects(call('inspect_dataset', { dataset: workspaceFolder() }), /not trusted/);
      assert.match(await call('get_findings', { task: task.folder }), /stones-weight-class/);
    });
  });

  it('offers no MCP server unless asked, then one for each folder, and it answers', async () => {
    assert.deepEqual(mcpServers(app), []);
    const settings = vscode.workspace.getConfiguration('mleForge');
    await settings.update('mcpServer', true, vscode.ConfigurationTarget.Workspace);
    try {
      const [server, ...others] = mcpServers(app);
      assert.ok(server);
      assert.deepEqual(others, []);
      assert.deepEqual(server.args.slice(1), ['mcp', workspaceFolder()]);
      const first = await firstAnswer(server);
      assert.equal(first.result.serverInfo.name, 'mle-forge');
      await standIn(vscode.workspace, 'isTrusted', false, async () => assert.deepEqual(mcpServers(app), []));
    } finally {
      await settings.update('mcpServer', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

const helloSchema = z.object({ result: z.object({ serverInfo: z.object({ name: z.string() }) }) });

/** Starts a server as the editor would, greets it, and ends it. */
async function firstAnswer(server: vscode.McpStdioServerDefinition): Promise<z.infer<typeof helloSchema>> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(server.command, server.args, { cwd: server.cwd?.fsPath, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host test', version: '1' } };
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  let out = '';
  for await (const text of child.stdout) {
    out += String(text);
    if (out.includes('\n')) break;
  }
  child.kill();
  return helloSchema.parse(JSON.parse(out));
}
