// The walkthrough as somebody new follows it: every step is done by what it says, and is ticked then.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Editor } from '../support/editor.ts';

/** A minute on a quiet machine; suites share two cores. */
const patient = 400_000;

let editor: Editor;
let workspace: string;

before(async () => {
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  editor = await Editor.start({ settings: { 'mleForge.maxTasks': 1 } });
  writeFileSync(path.join(workspace, 'notes.txt'), 'What I want to try.\n');
  await editor.open(workspace);
  await editor.row('notes.txt').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Open Sample Dataset');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

const steps = () => editor.page.locator('.getting-started-step');

async function openWalkthrough(): Promise<void> {
  await editor.command('Welcome: Open Walkthrough...');
  await editor.page.locator('.quick-input-widget input[placeholder*="walkthrough"]').fill('MLE Forge');
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'MLE Forge' }).first().click();
  await steps().nth(3).waitFor({ timeout: 15_000 });
}

/** Which steps are ticked, by their place. */
async function ticked(): Promise<number[]> {
  const boxes = await steps().evaluateAll((all) =>
    all.map((step) => step.querySelector('.codicon-getting-started-step-checked') !== null),
  );
  return boxes.flatMap((isTicked, place) => (isTicked ? [place] : []));
}

async function untilTicked(expected: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 40 && (await ticked()).length < expected.length; attempt += 1)
    await editor.page.waitForTimeout(250);
  assert.deepEqual(await ticked(), expected);
}

test('there are four steps, each with a picture, and none is ticked', { timeout: patient }, async () => {
  await openWalkthrough();
  assert.equal(await steps().count(), 4);
  for (let step = 0; step < 4; step += 1) {
    await steps().nth(step).click();
    await editor.page.waitForTimeout(1500); // The picture is a page of its own.
    await editor.screenshot(`walkthrough-1-step-${step + 1}`);
  }
  assert.deepEqual(await ticked(), []);
});

test('the sample is copied by the button of the first step', { timeout: patient }, async () => {
  await steps().nth(0).click();
  await steps().nth(0).getByRole('button', { name: 'Open Sample Dataset' }).click();
  await editor.picksFolder(workspace, 'Copy the Sample Here');
  await editor.row('penguins').waitFor({ timeout: 30_000 });
  assert.deepEqual(readdirSync(workspace).sort(), ['mle-forge-sample', 'notes.txt']);
  await untilTicked([0]);
});

test('forging from the copy ticks the second step', { timeout: patient }, async () => {
  await editor.choose('penguins', 'Forge Task from Dataset');
  await editor.acceptsFirst(/Forge with these settings/);
  await editor.page.locator('.notification-list-item', { hasText: '1 task accepted' }).waitFor({ timeout: patient });
  await openWalkthrough();
  await untilTicked([0, 1]);
  await editor.screenshot('walkthrough-2-forged');
});

test('the Problems and a verification tick the rest', { timeout: patient }, async () => {
  await steps().nth(2).click();
  await steps().nth(2).getByRole('button', { name: 'Open Problems' }).click();
  await editor.page.locator('.markers-panel').waitFor({ timeout: 15_000 });
  await untilTicked([0, 1, 2]);
  await editor.page.locator('.tab', { hasText: 'description.md' }).click();
  await editor.command('MLE Forge: Verify Task');
  await editor.page.locator('.notification-list-item', { hasText: /accepted, 0 errors/ }).waitFor({ timeout: patient });
  await openWalkthrough();
  await untilTicked([0, 1, 2, 3]);
  await editor.screenshot('walkthrough-3-done');
});
