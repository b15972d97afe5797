// A folder whose authors are not trusted: what was found can be read, nothing runs, and trust brings the rest at once.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { mleForge } from '../support/command-line.ts';
import { Editor } from '../support/editor.ts';
import { plainPython } from '../support/plain-python.ts';
import { buildSampleTask } from '../support/sample-task.ts';

const sample = path.resolve(import.meta.dirname, '../../media/sample/penguins');
/** A full verification of a small task, on a machine that may be busy. */
const patient = 240_000;
const forge = 'Forge Task from Dataset';

let editor: Editor;
let workspace: string;
let task: string;

before(
  async () => {
    const built = await buildSampleTask(plainPython);
    await built.replace('description.md', '# ', '# Data set of ');
    workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
    cpSync(sample, path.join(workspace, 'birds'), { recursive: true });
    task = path.join(workspace, 'mle-forge-tasks', path.basename(built.folder));
    cpSync(built.folder, task, { recursive: true });
    await built.remove();
    const verified = await mleForge(['verify', task, '--only', 'STR,REV', '--format', 'json']);
    assert.equal(verified.status, 1, 'the changed description is found');
    const whole = await mleForge(['verify', task]);
    assert.match(whole.stdout, /rejected/);
    editor = await Editor.start({ trust: true });
    await editor.open(workspace);
    await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await editor.row('birds').waitFor({ timeout: 60_000 });
    await editor.offers('MLE Forge: Show Task Report');
  },
  { timeout: patient },
);

after(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true, force: true });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

const taskRow = () => editor.page.locator('.pane-body .monaco-list-row[aria-label^="Task "]');

/** How many commands of the palette fit a title. */
async function inPalette(title: string): Promise<number> {
  await editor.page.keyboard.press('F1');
  await editor.page.locator('.quick-input-widget input').fill(`>MLE Forge: ${title}`);
  await editor.page.waitForTimeout(1500);
  const found = await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).count();
  await editor.page.keyboard.press('Escape');
  return found;
}

test('a dataset has no entry in its menu, and the palette offers only what reads', { timeout: patient }, async () => {
  await editor.row('birds').click({ button: 'right' });
  await editor.menuItem('Rename').waitFor();
  await editor.page.waitForTimeout(1000);
  await editor.screenshot('trust-1-menu');
  assert.equal(await editor.menuItem(forge).count(), 0);
  await editor.page.keyboard.press('Escape');
  for (const title of [forge, 'Verify Task', 'Grade Submission...', 'Run Baselines'])
    assert.equal(await inPalette(title), 0, title);
  await editor.offers('MLE Forge: Show Task Report');
  assert.equal(await inPalette('Show Task Report'), 1);
});

test('tasks, findings and the report can be read', { timeout: patient }, async () => {
  await editor.page.locator('.activitybar a[aria-label^="MLE Forge"]').click();
  await taskRow().first().waitFor({ timeout: 30_000 });
  assert.match((await taskRow().first().getAttribute('aria-label')) ?? '', /rejected|error/);
  await editor.page.keyboard.press('Control+Shift+M');
  await editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'STR014' }).first().waitFor();
  await editor.openFile(path.join(task, 'description.md'));
  await editor.command('MLE Forge: Show Task Report');
  const report = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await report.locator('table').first().waitFor({ timeout: 30_000 });
  await editor.page.waitForTimeout(2000);
  await editor.screenshot('trust-2-read');
  assert.match((await report.locator('main').textContent()) ?? '', /STR014[\s\S]*once the workspace is trusted/);
  assert.equal(await report.locator('[data-key="verify"]').count(), 0);
});

test('a save checks nothing, and no link offers to run code', { timeout: patient }, async () => {
  const before = readFileSync(path.join(task, 'verification/report.json'), 'utf8');
  await editor.openFile(path.join(task, 'metric.py'));
  await editor.page.locator('.view-line', { hasText: 'class InvalidSubmissionError' }).first().click();
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.type(' ');
  await editor.page.keyboard.press('Control+S');
  await editor.page.waitForTimeout(4000);
  assert.equal(await editor.page.locator('.codelens-decoration').count(), 0);
  assert.equal(readFileSync(path.join(task, 'verification/report.json'), 'utf8'), before);
  await editor.screenshot('trust-3-saved');
});

test('trust brings the entry and the links without a reload', { timeout: patient }, async () => {
  await editor.command('Workspaces: Manage Workspace Trust');
  await editor.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await editor.page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
  await editor.page.getByRole('button', { name: /^Close Modal Editor/ }).click();
  await editor.openFile(path.join(task, 'metric.py'));
  await editor.page.locator('.codelens-decoration', { hasText: 'Grade sample' }).first().waitFor({ timeout: 30_000 });
  await editor.page.keyboard.press('Control+Shift+E');
  await editor.row('birds').click({ button: 'right' });
  await editor.menuItem(forge).waitFor({ timeout: 15_000 });
  await editor.screenshot('trust-4-trusted');
  await editor.page.keyboard.press('Escape');
});
