// Three kinds of data, each forged by a right-click: a table, messages, sounds. Their reports show what they are.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Editor } from '../support/editor.ts';

const generator = path.resolve(import.meta.dirname, '../support/clean_data.py');
/** A minute each on a quiet machine; suites share two cores. */
const forging = 400_000;

let editor: Editor;
let workspace: string;

before(async () => {
  workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  execFileSync(process.env['MLE_FORGE_PYTHON'] ?? 'python3', [generator, workspace, 'clinic', 'letters', 'birds']);
  editor = await Editor.start({ settings: { 'mleForge.maxTasks': 1 } });
  await editor.open(workspace);
  await editor.row('clinic').waitFor({ timeout: 60_000 });
  await editor.offers('MLE Forge: Forge Task from Dataset');
});

after(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
});

afterEach(async (context) => {
  if ('passed' in context && context.passed === false) await editor.screenshot(`failed-${context.name}`);
});

/** Manifests of the published tasks. */
function tasks(): { folder: string; modality: string; files: string[] }[] {
  const out = path.join(workspace, 'mle-forge-tasks');
  const names = existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : [];
  return names.map((folder) => {
    const spec = JSON.parse(readFileSync(path.join(out, folder, 'task.json'), 'utf8'));
    return { folder, modality: String(spec.modality), files: spec.dataset.files };
  });
}

for (const [dataset, modality, shown] of [
  ['clinic', 'tabular', 'Missing values'],
  ['letters', 'text', 'Samples of text'],
  ['birds', 'audio', 'Sound 1'],
] as const) {
  test(`a right-click makes a task of ${modality} data, and its report shows them`, { timeout: forging }, async () => {
    await editor.choose(dataset, 'Forge Task from Dataset');
    await editor.acceptsFirst(/Forge with these settings/);
    const done = editor.page.locator('.notification-list-item', { hasText: /1 task accepted|No task was accepted/ });
    await done.waitFor({ timeout: forging });
    await editor.screenshot(`modality-${modality}-1-forged`);
    const mine = tasks().find((task) => task.modality === modality);
    assert.ok(mine, `tasks: ${JSON.stringify(tasks())}`);
    await done.getByRole('button', { name: 'Show Report' }).click();
    const report = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await report.locator('#figure-target-0').waitFor({ timeout: 120_000 });
    const text = (await report.locator('main').textContent()) ?? '';
    assert.match(text, /accepted[\s\S]*constant[\s\S]*strong/);
    assert.ok(text.includes(shown), text.slice(0, 3000));
    await report.getByText(shown, { exact: false }).first().scrollIntoViewIfNeeded();
    await editor.screenshot(`modality-${modality}-2-report`);
    await editor.command('View: Close All Editors');
  });
}
