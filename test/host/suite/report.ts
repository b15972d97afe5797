// The report panel and the documents of runs, from inside the editor.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { runDocument } from '../../../src/extension/baseline-runs/run-uris.ts';
import { pageAssets, pageHtml } from '../../../src/extension/report/page.ts';
import { panelOptions, ReportPanel, viewType } from '../../../src/extension/report/report-panel.ts';
import { layout } from '../../../src/task/layout.ts';
import type { Message } from '../../../webview/messages.ts';
import { activeApp, copySample } from './sample-copy.ts';
import { finding } from './sample-finding.ts';

/** Tabs that show a report. */
function reports(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}

/** A property of what a proxy stands for; methods keep their own `this`, since they use private members. */
function ofTarget(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function' ? value.bind(target) : value;
}

async function until(done: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (done()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}

/** Records a run of a baseline, as the pipeline would. */
function recordRun(folder: string, name: string, rows: string): void {
  const run = path.join(folder, layout.runs, name);
  mkdirSync(run, { recursive: true });
  const record = { name, kind: 'baseline', key: 'a'.repeat(64), submission: 'b'.repeat(64) };
  writeFileSync(path.join(run, 'run.json'), JSON.stringify(record));
  writeFileSync(path.join(run, 'log.txt'), 'done\n');
  writeFileSync(path.join(run, 'submission.csv'), rows);
}

describe('the report', () => {
  it('opens once for a task, beside what is being read', async () => {
    const task = copySample();
    try {
      for (let times = 0; times < 2; times += 1)
        await vscode.commands.executeCommand('mleForge.showReport', task.uri(layout.manifest));
      await until(() => reports().length === 1, 'one report is open');
      await vscode.window.tabGroups.close(reports());
    } finally {
      task.remove();
    }
  });

  it('may load nothing but its own script and style', async () => {
    const { context } = await activeApp();
    const panel = vscode.window.createWebviewPanel(
      viewType,
      'test',
      vscode.ViewColumn.One,
      panelOptions(context.extensionUri),
    );
    try {
      const html = pageHtml(panel.webview, pageAssets(context.extensionUri));
      const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /script-src 'nonce-[A-Za-z0-9+/=]{22,}'/);
      assert.ok(!/unsafe-inline|unsafe-eval|script-src[^;]*(\*|http)/.test(policy), policy);
      assert.notEqual(html, pageHtml(panel.webview, pageAssets(context.extensionUri)), 'a nonce is used once');
      assert.deepEqual(
        panelOptions(context.extensionUri).localResourceRoots?.map(({ path: place }) => path.basename(place)),
        ['webview'],
      );
    } finally {
      panel.dispose();
    }
  });

  it('sends findings of a new verification, their hostile text as it is, and says when the files are others', async () => {
    const app = await activeApp();
    const task = copySample();
    const panel = vscode.window.createWebviewPanel(viewType, 'test', vscode.ViewColumn.One, { enableScripts: true });
    const sent: Message[] = [];
    const webview = new Proxy(panel.webview, {
      get: (target, key) =>
        key === 'postMessage' ? async (message: Message) => sent.push(message) > 0 : ofTarget(target, key),
      set: (target, key, value) => Reflect.set(target, key, value, target),
    });
    const spied = new Proxy(panel, {
      get: (target, key) => (key === 'webview' ? webview : ofTarget(target, key)),
      set: (target, key, value) => Reflect.set(target, key, value, target),
    });
    const report = new ReportPanel(app, task.folder, spied);
    try {
      const message = '<script>alert(1)</script>';
      await app.tasks.verified(task.folder, {
        task: 'a-task',
        verdict: 'rejected',
        package: 'f'.repeat(64),
        findings: [{ ...finding, message }],
        checks: [],
        ladder: [],
      });
      await until(() => sent.some(({ type }) => type === 'stale'), 'the report was sent');
      const shown = sent.find((one) => one.type === 'report');
      assert.equal(shown?.content.findings[0]?.message, message);
      assert.equal(shown?.content.verdict, 'rejected');
      const age = sent.find((one) => one.type === 'stale');
      assert.match(age?.note ?? '', /changed since it was verified/);
    } finally {
      report.dispose();
      panel.dispose();
      app.tasks.forget([task.folder]);
      task.remove();
    }
  });
});

describe('a baseline run', () => {
  it('is read as a document with links to its files', async () => {
    const task = copySample();
    try {
      recordRun(task.folder, 'strong', 'id,kind\n1,heavy\n');
      await vscode.commands.executeCommand('mleForge.openRun', task.uri('runs/strong/run.json'));
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.uri.scheme === 'mle-forge-run');
      assert.match(document.getText(), /^# Baseline run: strong$/m);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      const targets = links.map(({ target }) => target?.path ?? '');
      for (const file of ['runs/strong/log.txt', 'runs/strong/submission.csv', 'baselines/strong.py'])
        assert.ok(
          targets.some((target) => target.endsWith(file)),
          `${file} in ${targets.join(', ')}`,
        );
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      task.remove();
    }
  });

  it('is refreshed when its task is verified again', async () => {
    const app = await activeApp();
    const task = copySample();
    try {
      recordRun(task.folder, 'strong', 'id,kind\n1,heavy\n');
      const document = await vscode.workspace.openTextDocument(runDocument({ folder: task.folder, name: 'strong' }));
      const ladder = [{ name: 'strong' as const, score: 0.75, ci95: [0.7, 0.8] as [number, number], gain: null }];
      const report = { task: 't', verdict: 'accepted' as const, package: '', findings: [], checks: [], ladder };
      await app.tasks.verified(task.folder, report);
      await until(() => document.getText().includes('Score: 0.75'), 'the score appears');
    } finally {
      app.tasks.forget([task.folder]);
      task.remove();
    }
  });

  it('opens as an untitled notebook and writes nothing', async () => {
    const task = copySample();
    try {
      await vscode.commands.executeCommand('mleForge.openNotebook', task.uri('baselines/strong.py'));
      const notebook = vscode.window.activeNotebookEditor?.notebook;
      assert.ok(notebook?.isUntitled);
      const code = notebook.getCells().map((cell) => cell.document.getText());
      assert.ok(code.some((text) => text.startsWith('def solve(')));
      assert.ok(!existsSync(path.join(task.folder, 'baselines/strong.ipynb')));
      assert.match(readFileSync(path.join(task.folder, 'baselines/strong.py'), 'utf8'), /def solve/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      task.remove();
    }
  });
});
