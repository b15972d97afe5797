// The report panel and the documents of baseline runs, as people meet them: three themes, a keyboard, a screen reader's
// rules, twice the size, and a reload.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import axe from 'axe-core';
import type { Frame, FrameLocator } from 'playwright-core';
import { mleForge } from '../support/command-line.ts';
import { Editor } from '../support/editor.ts';

const sample = path.resolve(import.meta.dirname, '../../media/sample/penguins');
/** A minute on a quiet machine; suites share two cores. */
const patient = 300_000;
const hostile = '<img src=x onerror="document.title=1"> is no picture';

let editor: Editor;
let workspace: string;
let task: string;

before(
  async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
    cpSync(sample, path.join(workspace, 'birds'), { recursive: true });
    const out = path.join(workspace, 'tasks');
    const outcome = await mleForge(['forge', path.join(workspace, 'birds'), '--out', out, '--max-tasks', '1']);
    assert.equal(outcome.status, 0, outcome.stderr);
    task = path.join(out, readdirSync(out).find((name) => !name.startsWith('.')) ?? '');
    plantFinding();
    editor = await Editor.start();
    await editor.open(workspace);
    await editor.row('tasks').waitFor({ timeout: 60_000 });
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

/** A finding whose text is hostile, in the record of the task: the panel shows what was last verified. */
function plantFinding(): void {
  const file = path.join(task, 'verification/report.json');
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const range = { start: { line: 6, character: 0 }, end: { line: 6, character: 1 } };
  const finding = { code: 'MET001', severity: 'warning', message: hostile, file: 'metric.py', range, evidence: {} };
  report.findings.push({ ...finding, remedy: 'Read it as text.' });
  report.checks = report.checks.map((check: { code: string }) =>
    check.code === 'MET001' ? { code: 'MET001', status: 'failed' } : check,
  );
  writeFileSync(file, JSON.stringify(report));
}

function page(): FrameLocator {
  return editor.page.frameLocator('iframe.webview').frameLocator('#active-frame');
}

async function frame(): Promise<Frame> {
  const outer = await (await editor.page.locator('iframe.webview').elementHandle())?.contentFrame();
  const inner = await (await outer?.waitForSelector('#active-frame'))?.contentFrame();
  assert.ok(inner, 'the page of the report is there');
  return inner;
}

/** Chooses a theme as people do: the server that runs in tests does not watch its settings file. */
async function useTheme(name: string): Promise<void> {
  await editor.page.keyboard.press('Control+K');
  await editor.page.keyboard.press('Control+T');
  const input = editor.page.locator('.quick-input-widget input');
  await input.waitFor({ timeout: 30_000 });
  await input.fill(name);
  await editor.page
    .locator('.quick-input-list .monaco-list-row.focused', { hasText: name })
    .waitFor({ timeout: 30_000 });
  await editor.page.keyboard.press('Enter');
}

/** Violations as `rule: selector`. */
async function violations(): Promise<string[]> {
  const report = await frame();
  await report.evaluate(axe.source);
  const found = (await report.evaluate('axe.run(document)')) as axe.AxeResults; // what axe.run is documented to return
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target} ${any[0]?.message}`),
  );
}

test('the report shows the task, its data, its ladder and hostile text as text', { timeout: patient }, async () => {
  await editor.openFile(path.join(task, 'description.md'));
  await editor.command('MLE Forge: Show Task Report');
  await page().locator('#figure-target-0').waitFor({ timeout: 120_000 });
  const text = (await page().locator('main').textContent()) ?? '';
  for (const part of [
    'Verification',
    'Baseline ladder',
    'Missing values',
    'Timeline of the run',
    'no model was used',
    hostile,
  ])
    assert.ok(text.includes(part), part);
  assert.equal(await page().locator('main img').count(), 0);
  assert.ok((await page().locator('svg[role=img]').count()) >= 3);
});

for (const [name, theme] of [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
  ['high-contrast', 'Dark High Contrast'],
] as const) {
  test(`no rule of accessibility is broken in ${name}`, { timeout: patient }, async () => {
    await useTheme(theme);
    const kind = { light: 'vscode-light', dark: 'vscode-dark', 'high-contrast': 'vscode-high-contrast' }[name];
    await page().locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor({ timeout: 30_000 });
    assert.deepEqual(await violations(), []);
    await page().locator('h1').scrollIntoViewIfNeeded();
    await editor.screenshot(`report-${name}-1`);
    await page().locator('#baselines').scrollIntoViewIfNeeded();
    await page()
      .locator('#figure-target-0')
      .evaluate((heading) => heading.scrollIntoView());
    await editor.screenshot(`report-${name}-2`);
  });
}

test('everything is reached with the keyboard, and a finding opens at its line', { timeout: patient }, async () => {
  const report = await frame();
  await report.locator('[data-key="verify"]').focus();
  const seen: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    const key = String(await report.evaluate("document.activeElement?.dataset?.key ?? ''"));
    if (key !== '' && !seen.includes(key)) seen.push(key);
    if (key === 'table-timeline') break;
    await editor.page.keyboard.press('Tab');
  }
  for (const key of ['verify', 'open-0', 'explain-0', 'table-ladder', 'table-target-0', 'table-timeline'])
    assert.ok(seen.includes(key), `${key} of ${seen.join(', ')}`);
  await editor.page.keyboard.press('Enter');
  await report.locator('details[open] table').waitFor();
  await report.locator('.card', { hasText: hostile }).locator('[data-key^="open-"]').focus();
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.tab.active', { hasText: 'metric.py' }).waitFor({ timeout: 20_000 });
  await editor.page.locator('.statusbar-item', { hasText: 'Ln 7' }).waitFor();
});

test('at twice the size nothing is cut off', { timeout: patient }, async () => {
  await useTheme('Light Modern');
  await editor.page.setViewportSize({ width: 700, height: 450 });
  const report = await frame();
  await report.waitForFunction('window.innerWidth < 700');
  await report.locator('h1').scrollIntoViewIfNeeded();
  const wide = await report.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  assert.ok(Number(wide) <= 0, `${wide} pixels too wide`);
  await editor.screenshot('report-200-percent');
  await editor.page.setViewportSize({ width: 1400, height: 900 });
});

test('the report comes back after a reload', { timeout: patient }, async () => {
  await editor.page.reload();
  // A new extension host beside the old one: on a busy machine it is a minute or two before it runs.
  await page().locator('#figure-target-0').waitFor({ timeout: 240_000 });
  assert.match((await page().locator('h1').textContent()) ?? '', /\S/);
  await editor.screenshot('report-after-reload');
});

test('a baseline run is read as a document', { timeout: patient }, async () => {
  await editor.openFile(path.join(task, 'runs/strong/run.json'));
  await editor.command('MLE Forge: Read Baseline Run');
  await editor.page.locator('.tab.active', { hasText: 'strong.md' }).waitFor({ timeout: 20_000 });
  await editor.page.locator('.editor-group-container.active .view-lines', { hasText: 'Place on the ladder' }).waitFor();
  await editor.screenshot('run-document');
});

test('two runs are compared', { timeout: patient }, async () => {
  await editor.command('MLE Forge: Compare Runs...');
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'simple' }).click();
  await editor.page.locator('.multiDiffEntry').first().waitFor({ timeout: 30_000 });
  await editor.page.waitForTimeout(2_000);
  await editor.screenshot('runs-compared');
});

test('a baseline opens as a notebook that nobody has saved', { timeout: patient }, async () => {
  await editor.openFile(path.join(task, 'baselines/strong.py'));
  await editor.command('MLE Forge: Open Baseline as Notebook');
  await editor.page.locator('.notebook-editor .code-cell-row').first().waitFor({ timeout: 60_000 });
  await editor.screenshot('baseline-notebook');
  assert.deepEqual(
    readdirSync(path.join(task, 'baselines')).filter((name) => name.endsWith('.ipynb')),
    [],
  );
});
