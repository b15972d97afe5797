// What a person does: right-click a folder, forge, read the Problems and the description.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Editor } from '../support/editor.ts';

const sample = path.resolve(import.meta.dirname, '../../media/sample/penguins');
/** A minute on a quiet machine; suites share two cores. */
const forging = 300_000;

let editor: Editor;
let workspace: string;

before(async () => {
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  cpSync(sample, path.join(workspace, 'birds'), { recursive: true });
  editor = await Editor.start();
  await editor.open(workspace);
  await editor.row('birds').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Forge Task from Dataset');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

/** Names of the published tasks. */
function tasks(): string[] {
  const out = path.join(workspace, 'mle-forge-tasks');
  return existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : [];
}

test('the entry stands in the menu of a folder and not in that of a file', async () => {
  await editor.row('birds').click();
  await editor.row('README.md').click({ button: 'right' });
  await editor.menuItem('Rename').waitFor();
  assert.equal(await editor.menuItem('Forge Task from Dataset').count(), 0);
  await editor.page.keyboard.press('Escape');
  await editor.row('birds').click({ button: 'right' });
  await editor.menuItem('Forge Task from Dataset').waitFor({ timeout: 15_000 });
  await editor.screenshot('1-menu');
  await editor.page.keyboard.press('Escape');
});

test('cancelling ends the run, keeps its journal and offers to resume', { timeout: forging }, async () => {
  await editor.choose('birds', 'Forge Task from Dataset');
  await editor.acceptsFirst(/Forge with these settings/);
  const notification = editor.page.locator('.notifications-toasts .notification-list-item', {
    hasText: 'Forging tasks from birds',
  });
  await notification.waitFor({ timeout: 30_000 });
  await editor.screenshot('2-progress');
  await notification.getByRole('button', { name: 'Cancel' }).click();
  await editor.page
    .locator('.notification-list-item', { hasText: 'Forging was cancelled' })
    .waitFor({ timeout: 5_000 });
  await editor.screenshot('3-cancelled');
  assert.deepEqual(tasks(), []);
});

test('resuming forges tasks and opens the description', { timeout: forging }, async () => {
  await editor.page.locator('.notification-list-item').getByRole('button', { name: 'Resume' }).click();
  await editor.page.locator('.tab', { hasText: 'description.md' }).waitFor({ timeout: forging });
  await editor.screenshot('4-description');
  assert.ok(tasks().length >= 2, `tasks: ${tasks().join(', ')}`);
});

test('findings are Problems with their code on their file', async () => {
  await editor.page.keyboard.press('Control+Shift+M');
  const rows = editor.page.locator('.markers-panel .monaco-list-row');
  await rows
    .filter({ hasText: /[A-Z]{3}\d{3}/ })
    .first()
    .waitFor({ timeout: 15_000 });
  await editor.screenshot('5-problems');
});

test('the report shows the verdict and the ladder', async () => {
  await editor.command('MLE Forge: Show Task Report');
  const report = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await report.locator('table').first().waitFor({ timeout: 30_000 });
  assert.match((await report.locator('main').textContent()) ?? '', /accepted[\s\S]*constant[\s\S]*strong/);
  await editor.screenshot('6-report');
});
