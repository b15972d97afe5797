// Forging in the window: runs queue, are cancelled at once, and leave something to go on from.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import { appUnderTest, until, workspaceFolder } from './extension-under-test.ts';

const sample = (): string => {
  const extension = vscode.extensions.getExtension('mle-forge.mle-forge');
  return path.join(extension?.extensionPath ?? '', 'media', 'sample', 'penguins');
};

/** A dataset of its own for a test, in the workspace. */
function dataset(name: string): vscode.Uri {
  const folder = path.join(workspaceFolder(), name);
  cpSync(sample(), folder, { recursive: true });
  return vscode.Uri.file(folder);
}

describe('forging', () => {
  let app: App;
  before(async () => {
    app = await appUnderTest();
  });

  it('queues a run per selected folder, cancels them at once and keeps what is needed to resume', async function () {
    this.timeout(120_000);
    const uris = [dataset('birds'), dataset('fish')];
    await vscode.commands.executeCommand('mleForge.forgeTask', uris[0], uris, { maxTasks: 1 });
    const runs = app.runs.all().filter(({ request }) => uris.some((uri) => uri.fsPath === request.dataset));
    const [first, second] = [...runs].sort((a, b) => a.key.localeCompare(b.key));
    assert.ok(first && second);
    assert.equal(app.runs.get(first.key)?.status, 'running');
    assert.equal(app.runs.get(second.key)?.status, 'queued');
    await vscode.commands.executeCommand('mleForge.cancelRun', second.key);
    assert.equal(app.runs.get(second.key)?.status, 'cancelled');

    await until(() => app.runs.get(first.key)?.run != null, 60_000);
    const asked = Date.now();
    await vscode.commands.executeCommand('mleForge.cancelRun', first.key);
    assert.equal(app.runs.get(first.key)?.status, 'cancelled');
    assert.ok(Date.now() - asked < 2000, `${Date.now() - asked} ms`);
    await until(() => app.runs.get(first.key)?.isStopping === false, 10_000);
    const run = app.runs.get(first.key);
    const journal = path.join(run?.request.out ?? '', '.mle-forge', 'runs', run?.run ?? '', 'journal.jsonl');
    assert.match(readFileSync(journal, 'utf8'), /"outcome":"cancelled"/);

    for (const { key } of [first, second]) await vscode.commands.executeCommand('mleForge.dismissRun', key);
    assert.equal(app.runs.get(first.key), undefined);
    assert.ok(existsSync(journal), 'dismissing a run removed its journal');
  });

  it('puts the tasks of a dataset beside the dataset of the same workspace folder', async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    for (const folder of folders) {
      const uri = vscode.Uri.joinPath(folder.uri, 'data-of-this-root');
      cpSync(sample(), uri.fsPath, { recursive: true });
      await vscode.commands.executeCommand('mleForge.forgeTask', uri, [uri], { maxTasks: 1 });
      const run = app.runs.all().find(({ request }) => request.dataset === uri.fsPath);
      assert.equal(run?.request.out, path.join(folder.uri.fsPath, 'mle-forge-tasks'));
      app.runs.cancel(run?.key ?? '');
    }
    await until(() => app.runs.all().every((run) => !run.isStopping), 20_000);
    for (const { key } of app.runs.all()) app.runs.dismiss(key);
  });

  it('resumes nothing that is not there', async () => {
    await vscode.commands.executeCommand('mleForge.resumeRun', 'no-such-run');
    assert.deepEqual(app.runs.all(), []);
  });
});

describe('Open Sample Dataset', () => {
  it('copies the sample into the chosen folder and never over another copy', async () => {
    const target = mkdtempSync(path.join(workspaceFolder(), 'samples-'));
    await vscode.commands.executeCommand('mleForge.openSample', vscode.Uri.file(target));
    await vscode.commands.executeCommand('mleForge.openSample', vscode.Uri.file(target));
    assert.deepEqual(readdirSync(target).sort(), ['mle-forge-sample', 'mle-forge-sample-2']);
    assert.ok(existsSync(path.join(target, 'mle-forge-sample', 'penguins', 'penguins_raw.csv')));
  });

  it('says what is wrong when the folder cannot be written', async () => {
    const target = vscode.Uri.file(path.join(tmpdir(), 'absent', 'folder'));
    const shown: string[] = [];
    const original = vscode.window.showErrorMessage;
    Reflect.set(vscode.window, 'showErrorMessage', async (message: string) => void shown.push(message));
    try {
      await vscode.commands.executeCommand('mleForge.openSample', target);
    } finally {
      Reflect.set(vscode.window, 'showErrorMessage', original);
    }
    assert.equal(shown.length, 1);
  });
});
