// Two folders in one window, a dataset in each: every run keeps to the settings and the place of its own folder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Editor } from '../support/editor.ts';

const generator = path.resolve(import.meta.dirname, '../support/clean_data.py');
/** A minute each on a quiet machine; suites share two cores. */
const forging = 500_000;

let editor: Editor;
let workspace: string;

before(async () => {
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  root('north', 'clinic', { 'mleForge.maxTasks': 1 });
  root('south', 'rents', { 'mleForge.maxTasks': 1, 'mleForge.outputFolder': 'forged' });
  const file = path.join(workspace, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'north' }, { path: 'south' }] }));
  editor = await Editor.start();
  await editor.open(file);
  await editor.row('north').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Forge Task from Dataset');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

/** A folder of the workspace with a dataset and settings of its own. */
function root(name: string, dataset: string, settings: object): void {
  const folder = path.join(workspace, name);
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  execFileSync(process.env['MLE_FORGE_PYTHON'] ?? 'python3', [generator, folder, dataset]);
}

function tasksIn(...parts: string[]): string[] {
  const out = path.join(workspace, ...parts);
  return existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : [];
}

async function expand(name: string, child: string): Promise<void> {
  if (!(await editor.row(child).isVisible())) await editor.row(name).click();
  await editor.row(child).waitFor({ timeout: 20_000 });
}

test('a dataset of each folder is forged, one after the other', { timeout: forging }, async () => {
  await expand('north', 'clinic');
  await expand('south', 'rents');
  for (const [dataset, place] of [
    ['clinic', /1 task, into .*mle-forge-tasks/],
    ['rents', /1 task, into .*forged/],
  ] as const) {
    await editor.choose(dataset, 'Forge Task from Dataset');
    await editor.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: place })
      .waitFor({ timeout: 15_000 });
    await editor.screenshot(`roots-1-${dataset}`);
    await editor.acceptsFirst(/Forge with these settings/);
  }
  await editor.page.locator('.activitybar a[aria-label^="MLE Forge"]').click();
  await editor.page.locator('.pane-body .monaco-list-row[aria-label*="queued"]').waitFor({ timeout: 30_000 });
  await editor.screenshot('roots-2-queued');
  const runs = editor.page.locator('.pane-body .monaco-list-row[aria-label^="Run on "][aria-label*="1 accepted"]');
  await runs.nth(1).waitFor({ timeout: forging });
});

test('the tasks lie with their folder, and one view lists both', async () => {
  assert.equal(tasksIn('north', 'mle-forge-tasks').length, 1);
  assert.equal(tasksIn('south', 'forged').length, 1);
  assert.deepEqual([tasksIn('north', 'forged'), tasksIn('south', 'mle-forge-tasks')], [[], []]);
  await editor.page.keyboard.press('Escape');
  await editor.page.locator('.pane-body .monaco-list-row[aria-label^="Task "]').nth(1).waitFor({ timeout: 30_000 });
  await editor.screenshot('roots-3-tasks');
});
