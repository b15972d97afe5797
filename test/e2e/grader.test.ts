// What a person does with a grader: break it, save, read the Problem, take the quick fix, see the Problem go.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Editor } from '../support/editor.ts';
import { plainPython } from '../support/plain-python.ts';
import { buildSampleTask } from '../support/sample-task.ts';

/** A full verification of a small task, on a machine that may be busy. */
const verifying = 240_000;

let editor: Editor;
let workspace: string;
let metric: string;

before(async () => {
  const sample = await buildSampleTask(plainPython);
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  cpSync(sample.folder, path.join(workspace, path.basename(sample.folder)), { recursive: true });
  metric = path.join(workspace, path.basename(sample.folder), 'metric.py');
  await sample.remove();
  editor = await Editor.start();
  await editor.open(workspace);
  await editor.row('stones-weight-class').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Verify Task');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

const problems = () => editor.page.locator('.markers-panel .monaco-list-row');
const line = (text: string) => editor.page.locator('.view-line', { hasText: text }).first();

test('a verified task without errors', { timeout: verifying }, async () => {
  await editor.openFile('metric.py');
  await editor.command('MLE Forge: Verify Task');
  await editor.page
    .locator('.notification-list-item', { hasText: /accepted, 0 errors/ })
    .waitFor({ timeout: verifying });
  await editor.page.locator('.codelens-decoration', { hasText: 'Grade sample' }).first().waitFor();
  await editor.screenshot('grader-1-lenses');
});

/** Ways to break the grader: what a person types over a line, and the quick fix that answers what is found. */
const breakages = [
  {
    what: 'classes unchecked',
    line: 'not submission["kind"].isin',
    // The condition never holds: nobody looks at the classes any more.
    typed: 'if False:',
    code: 'MET007',
    place: 'def evaluate',
    fix: 'Refuse missing, infinite and foreign values',
  },
  {
    what: 'ids unchecked',
    line: 'if sorted(submission["id"]',
    typed: 'if False:',
    code: 'MET004',
    place: 'def evaluate',
    fix: 'Refuse repeated, missing and unknown ids',
  },
  {
    what: 'matching by position',
    line: 'predicted = submission.set_index',
    typed: 'predicted = submission["kind"]',
    code: 'MET003',
    place: 'def evaluate',
    fix: 'Match predictions with answers by id',
  },
  {
    what: 'a score that is no Python float',
    line: 'return float((predicted',
    typed: 'return (predicted.to_numpy() == answers["kind"].to_numpy()).mean()',
    code: 'MET014',
    place: 'def evaluate',
    fix: 'Return the score as a Python float',
  },
] as const;

for (const [index, { what, line: over, typed, code, place, fix: title }] of breakages.entries()) {
  test(`${what}: a save brings the Problem to its line`, { timeout: verifying }, async () => {
    await editor.page.keyboard.press('Escape');
    await line(over).click();
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('Shift+End');
    await editor.page.keyboard.type(typed);
    await editor.page.keyboard.press('Escape');
    await editor.page.keyboard.press('Control+S');
    if (index === 0) await editor.page.keyboard.press('Control+Shift+M');
    await problems().filter({ hasText: code }).first().waitFor({ timeout: 60_000 });
    await editor.screenshot(`grader-2-${index + 1}-problem`);
    const text = (await problems().filter({ hasText: code }).first().textContent()) ?? '';
    const at =
      readFileSync(metric, 'utf8')
        .split('\n')
        .findIndex((row) => row.includes(place)) + 1;
    assert.ok(text.includes(`Ln ${at},`), `${text} (wanted line ${at})`);
  });

  test(`${what}: the quick fix makes it go`, { timeout: verifying }, async () => {
    // A double click takes the cursor into the text.
    await problems().filter({ hasText: code }).first().dblclick();
    const fix = editor.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    for (let attempt = 0; attempt < 5 && !(await fix.isVisible()); attempt += 1) {
      await sleep(1500); // The cursor reaches the text, and the quick fixes of its line are asked for.
      await editor.page.keyboard.press('Control+.');
      await sleep(1500);
    }
    await editor.screenshot(`grader-3-${index + 1}-quick-fixes`);
    const broken = readFileSync(metric, 'utf8');
    await fix.click();
    for (let attempt = 0; attempt < 40 && readFileSync(metric, 'utf8') === broken; attempt += 1) {
      await sleep(250); // The editor writes the fix into the text in its own time.
      await editor.page.keyboard.press('Control+S');
    }
    await problems().filter({ hasText: code }).first().waitFor({ state: 'detached', timeout: 60_000 });
    await editor.screenshot(`grader-4-${index + 1}-fixed`);
  });
}

test('the file holds what the quick fixes wrote', () => {
  assert.match(readFileSync(metric, 'utf8'), /Column kind must hold one of heavy, light in every row/);
  assert.match(readFileSync(metric, 'utf8'), /return float\(\(predicted/);
});

test('a link grades the sample, and the score stands behind evaluate', { timeout: verifying }, async () => {
  await editor.page.locator('.codelens-decoration a', { hasText: 'Grade sample' }).first().click();
  await editor.page.locator('.codelens-decoration', { hasText: 'Last score' }).first().waitFor({ timeout: 60_000 });
  await editor.page.locator('.statusbar-item', { hasText: '95 % interval' }).waitFor();
  await editor.screenshot('grader-5-graded');
});

test('the Testing view has the checks and their results', { timeout: verifying }, async () => {
  await editor.page.locator('.activitybar a[aria-label^="Testing"]').click();
  const rows = editor.page.locator('.test-explorer .monaco-list-row');
  await rows.filter({ hasText: 'stones-weight-class' }).first().waitFor({ timeout: 30_000 });
  await rows.filter({ hasText: 'stones-weight-class' }).first().click();
  await editor.page.keyboard.press('ArrowRight');
  await rows.filter({ hasText: 'Metric contract' }).first().waitFor({ timeout: 30_000 });
  await rows.filter({ hasText: 'Metric contract' }).first().click();
  await editor.page.keyboard.press('ArrowRight');
  await rows.filter({ hasText: 'MET007' }).first().waitFor({ timeout: 30_000 });
  await editor.screenshot('grader-6-testing');
});
