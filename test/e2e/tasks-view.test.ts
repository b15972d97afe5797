// A run from the Tasks view: cancelled and resumed there, and carried over a reload of the window.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Editor } from '../support/editor.ts';

const sample = path.resolve(import.meta.dirname, '../../media/sample/penguins');
/** A minute on a quiet machine; suites share two cores. */
const forging = 400_000;

let editor: Editor;
let workspace: string;
let out: string;

before(async () => {
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  out = path.join(workspace, 'mle-forge-tasks');
  cpSync(sample, path.join(workspace, 'birds'), { recursive: true });
  editor = await Editor.start();
  await editor.open(workspace);
  await editor.row('birds').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Forge Task from Dataset');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

function journals(): string[] {
  const runs = path.join(out, '.mle-forge', 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs).map((run) => readFileSync(path.join(runs, run, 'journal.jsonl'), 'utf8'));
}

function tasks(): string[] {
  return existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : [];
}

const statusItem = () => editor.page.locator('.statusbar-item[id*="mleForge.run"]');
const runRow = () => editor.page.locator('.pane-body .monaco-list-row[aria-label^="Run on birds"]');

test('the empty view welcomes with one button', async () => {
  await editor.page.locator('.activitybar a[aria-label^="MLE Forge"]').click();
  await editor.page.locator('.welcome-view').getByRole('button', { name: 'Forge Task from Dataset' }).waitFor();
  await editor.screenshot('tasks-1-welcome');
});

test('the button asks which dataset and how, with steps and a way back', { timeout: 60_000 }, async () => {
  await editor.page.locator('.welcome-view').getByRole('button', { name: 'Forge Task from Dataset' }).click();
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'birds' }).first().click();
  const row = (text: string) => editor.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  await row('Forge with these settings').waitFor();
  await editor.screenshot('tasks-2-settings');
  const step = (text: string) => editor.page.locator('.quick-input-title', { hasText: text });
  await row('no model, no key').last().click();
  await step('(2/3)').waitFor();
  await editor.page.locator('.quick-input-titlebar').getByRole('button', { name: 'Back' }).click();
  await step('(1/3)').waitFor();
  await row('no model, no key').last().click();
  await step('(2/3)').waitFor(); // What is typed before that goes to the step before.
  await editor.page.locator('.quick-input-widget input').fill('2');
  await row('2 tasks').first().click();
  await row('mle-forge-tasks').first().click();
  await runRow().waitFor({ timeout: 30_000 });
});

test('a run is cancelled from its row within two seconds, and its journal says so', { timeout: forging }, async () => {
  await statusItem().waitFor({ timeout: 60_000 });
  await editor.page
    .locator('.monaco-list-row[aria-label*="looking for tasks"], .monaco-list-row[aria-label*="reading the dataset"]')
    .first()
    .waitFor({ timeout: 120_000 });
  await editor.screenshot('tasks-3-running');
  const asked = Date.now();
  await editor.rowButton(runRow(), 'Cancel Run');
  await editor.page.locator('.pane-body .monaco-list-row[aria-label*="cancelled"]').waitFor({ timeout: 10_000 });
  const took = Date.now() - asked;
  assert.ok(took < 4000, `the view took ${took} ms, hovering and clicking included`);
  await statusItem().waitFor({ state: 'detached', timeout: 10_000 });
  await editor.page.waitForTimeout(2500);
  assert.match(journals().join(''), /"outcome":"cancelled"/);
  await editor.screenshot('tasks-4-cancelled');
});

test('it is resumed from its row', { timeout: forging }, async () => {
  await editor.rowButton(runRow(), 'Resume Run');
  await statusItem().waitFor({ timeout: 30_000 });
  await editor.page
    .locator('.pane-body .monaco-list-row[aria-label*="accepted"]')
    .first()
    .waitFor({ timeout: forging });
  await editor.screenshot('tasks-5-first-task');
  assert.equal(journals().length, 1, 'resuming began another run');
});

test('a reload in mid-run loses nothing and offers to resume once', { timeout: forging }, async () => {
  const known = tasks();
  assert.ok(known.length >= 1);
  await editor.page.reload();
  const offer = editor.page.locator('.notification-list-item', { hasText: 'was interrupted' });
  await offer.waitFor({ timeout: 90_000 });
  await editor.screenshot('tasks-6-offer');
  assert.doesNotMatch(journals().join('').trim().split('\n').at(-1) ?? '', /run-ended/);
  await offer.getByRole('button', { name: 'Resume' }).click();
  await editor.page.locator('.notification-list-item', { hasText: 'tasks accepted' }).waitFor({ timeout: forging });
  assert.ok(known.every((task) => tasks().includes(task)));
  assert.equal(tasks().length, 2);
  assert.equal(journals().length, 1);
});

test('a task shows its ladder, its parts and what is hidden', async () => {
  await editor.page.keyboard.press('Escape');
  const view = editor.page.locator('.pane-body .monaco-list-row[aria-label^="Task "]');
  if (!(await view.first().isVisible())) await editor.page.locator('.activitybar a[aria-label^="MLE Forge"]').click();
  await view.first().waitFor({ timeout: 15_000 });
  assert.match((await view.first().getAttribute('aria-label')) ?? '', /accepted/);
  await view.first().click();
  await editor.page.locator('.pane-body .monaco-list-row[aria-label*="hidden from competitors"]').waitFor();
  await editor.screenshot('tasks-7-task');
});

test('the explorer marks the private folder', async () => {
  await editor.page.keyboard.press('Control+Shift+E');
  await editor.row('birds').waitFor();
  await editor.page.waitForTimeout(1000); // The explorer reveals the open file by itself.
  const way = ['mle-forge-tasks', tasks()[0] ?? '', 'data', 'private'];
  for (const [place, name] of way.slice(0, -1).entries()) {
    const next = editor.row(way[place + 1] ?? '');
    if (!(await next.isVisible())) await editor.row(name).click();
    await next.waitFor({ timeout: 10_000 });
  }
  await editor.row('private').waitFor();
  // The badge is drawn by a style, not written into the page, and comes a moment after the row.
  await editor.page.waitForFunction(
    `[...document.querySelectorAll('.explorer-folders-view .monaco-list-row *')]
      .some((part) => getComputedStyle(part, '::after').content === '"H"')`,
    undefined,
    { timeout: 15_000 },
  );
  await editor.screenshot('tasks-8-explorer');
});
