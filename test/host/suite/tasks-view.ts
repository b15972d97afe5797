// The Tasks view follows the disk, and its menus do what they say.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import { reportOf } from '../../support/packages.ts';
import { answering, appUnderTest, until, workspaceFolder, writeTaskFolder } from './extension-under-test.ts';

describe('the Tasks view', () => {
  let app: App;
  let out: string;
  let task: string;
  before(async () => {
    app = await appUnderTest();
    out = path.join(workspaceFolder(), 'mle-forge-tasks');
    await vscode.commands.executeCommand('mleForge.tasks.focus');
  });
  beforeEach(async () => {
    task = writeTaskFolder(out, 'stones');
    await vscode.commands.executeCommand('mleForge.refreshTasks');
    assert.ok(app.tasks.get(task));
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  /** Writes the report of a verification that somebody else has made, and waits for it in the view. */
  async function takesReport(folder: string): Promise<void> {
    writeFileSync(path.join(folder, 'verification/report.json'), JSON.stringify(reportOf('shells', [])));
    await until(() => app.tasks.get(folder)?.report?.verdict === 'accepted');
  }

  /** Writes a task aside and renames it into its place, as a run does. */
  function publish(into: string, id: string): string {
    const place = path.join(into, id);
    mkdirSync(into, { recursive: true });
    renameSync(writeTaskFolder(path.join(out, '.mle-forge'), id), place);
    return place;
  }

  it('finds the tasks of every root', async () => {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const folder = writeTaskFolder(path.join(uri.fsPath, 'mle-forge-tasks'), 'pebbles');
      await vscode.commands.executeCommand('mleForge.refreshTasks');
      assert.ok(app.tasks.get(folder), folder);
      rmSync(folder, { recursive: true });
    }
    await vscode.commands.executeCommand('mleForge.refreshTasks');
  });

  it('shows a task that appears, and takes its report when it is written', async () => {
    const folder = writeTaskFolder(out, 'shells');
    await until(() => app.tasks.get(folder) !== undefined);
    await takesReport(folder);
  });

  it('takes the report of a task that was published by a rename', async () => {
    const folder = publish(out, 'shells');
    await until(() => app.tasks.get(folder) !== undefined);
    await takesReport(folder);
  });

  it('finds every task of a batch, and takes their reports', async () => {
    const batch = path.join(out, 'beach');
    const first = publish(batch, 'shells');
    await until(() => app.tasks.get(first) !== undefined);
    const second = publish(batch, 'pebbles');
    await until(() => app.tasks.get(second) !== undefined);
    await takesReport(second);
    await takesReport(first);
  });

  it('takes the report of a task that was replaced by another of its name', async () => {
    const folder = publish(out, 'shells');
    await until(() => app.tasks.get(folder) !== undefined);
    renameSync(folder, path.join(out, 'old-shells'));
    publish(out, 'shells');
    await until(() => app.tasks.get(path.join(out, 'old-shells')) !== undefined);
    await takesReport(folder);
  });

  it('takes a report though the folder for it was deleted and made anew', async () => {
    const verification = path.join(task, 'verification');
    rmSync(verification, { recursive: true });
    await sleep(500);
    mkdirSync(verification);
    await takesReport(task);
    rmSync(verification, { recursive: true });
    await until(() => app.tasks.get(task)?.report === null);
  });

  it('forgets a task that is deleted while its description is open', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(task, 'description.md')));
    rmSync(task, { recursive: true });
    await until(() => app.tasks.get(task) === undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('follows a task that is renamed', async () => {
    const renamed = path.join(out, 'rocks');
    renameSync(task, renamed);
    await until(() => app.tasks.get(task) === undefined && app.tasks.get(renamed) !== undefined);
  });

  it('copies the path of a task, reveals it and opens a terminal in it', async () => {
    const uri = vscode.Uri.file(task);
    await vscode.commands.executeCommand('mleForge.copyTaskPath', uri);
    assert.equal(await vscode.env.clipboard.readText(), task);
    await vscode.commands.executeCommand('mleForge.revealTask', uri);
    await vscode.commands.executeCommand('mleForge.openTaskTerminal', uri);
    const terminal = vscode.window.terminals.find(({ name }) => name === 'stones');
    assert.ok(terminal);
    terminal.dispose();
  });

  it('keeps a task whose deletion is not confirmed', async () => {
    const asked = await answering(undefined, async () => {
      await vscode.commands.executeCommand('mleForge.trashTask', vscode.Uri.file(task));
    });
    assert.equal(asked.length, 1);
    assert.ok(existsSync(task));
    assert.ok(app.tasks.get(task));
  });

  it('never deletes for good without a second yes', async () => {
    const asked = await answering('Move to Trash', async () => {
      await vscode.commands.executeCommand('mleForge.trashTask', vscode.Uri.file(task));
    });
    // Where there is a trash one question is enough; a remote machine has none, and the task stays.
    assert.equal(existsSync(task), asked.length === 2);
  });
});
