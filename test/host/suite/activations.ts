// Nothing is left behind: the features start and end fifty times in one window.
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activate, deactivate } from '../../../src/extension/extension.ts';
import { treeOf } from '../../../src/extension/tasks-view/tree-model.ts';
import { TreeNode } from '../../../src/extension/tasks-view/tree-node.ts';
import { appUnderTest, workspaceFolder, writeTaskFolder } from './extension-under-test.ts';

const times = 50;
/** Enough for timers that are due at once. */
const dueMs = 50;
/** What the extension may take of the start of a window, in milliseconds; the median, since machines are busy. */
const activationLimit = 50;

describe('activation', () => {
  it('can be done and undone fifty times, quickly and without leaving anything', async function () {
    this.timeout(120_000);
    const { context } = await appUnderTest();
    const ours = async (): Promise<string[]> =>
      (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('mleForge.')).sort();
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const end = async (): Promise<void> => {
      await deactivate();
      for (const each of context.subscriptions.splice(0).reverse()) each.dispose();
    };
    const commands = await ours();
    await end();
    const before = timers();
    const spent: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const since = performance.now();
      activate(context);
      spent.push(performance.now() - since);
      await end();
    }
    // The editor asks every new provider of MCP servers by a timer of its own, which is due at once.
    await sleep(dueMs);
    const after = timers();
    const { app } = activate(context);
    assert.deepEqual(await ours(), commands);
    assert.ok(after <= before + 1, `${after} timers after, ${before} before`);
    const median = spent.sort((a, b) => a - b)[times / 2] ?? Number.NaN;
    console.log(`activation: median ${median.toFixed(1)} ms`);
    assert.ok(median < activationLimit, `activation takes ${median.toFixed(1)} ms`);

    // The features that run now are this bundle's own, so that a row can be handed to a command as the view does.
    const folder = writeTaskFolder(path.join(workspaceFolder(), 'mle-forge-tasks'), 'stones');
    await vscode.commands.executeCommand('mleForge.refreshTasks');
    const tasks = treeOf(vscode.l10n, [], app.tasks.all(), 0).find(({ id }) => id === 'group:tasks');
    const row = tasks?.children?.find(({ task }) => task === folder);
    assert.ok(row);
    await vscode.commands.executeCommand('mleForge.copyTaskPath', new TreeNode(row));
    assert.equal(await vscode.env.clipboard.readText(), folder);
  });
});
