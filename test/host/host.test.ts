// Runs mocha inside the extension host and reports each of its tests here.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Editor } from '../support/editor.ts';
import { plainPython } from '../support/plain-python.ts';
import { buildSampleTask } from '../support/sample-task.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Real verifications of a small task, on a machine that may be busy. */
const timeLimit = 600_000;
/** For measurements: MOCHA_GREP chooses tests, SAVE_ROUNDS and SAVE_LATENCY ask for the time from a save to the Problems. */
const settings = Object.fromEntries(
  ['MOCHA_GREP', 'SAVE_ROUNDS', 'SAVE_LATENCY'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);
/** What depends on the roots of a workspace; the rest would only be done twice. */
const aboutRoots = '^(forging|the Tasks view|Open Sample Dataset|the manifest) ';
const failure = z.object({ message: z.string().optional() });
const reportSchema = z.object({ tests: z.array(z.object({ fullTitle: z.string(), err: failure })) });

for (const kind of ['one folder', 'two roots'] as const) {
  test(`the extension host with ${kind}`, { timeout: timeLimit + 60_000 }, (context) => runInside(kind, context));
}

/** What to open: a folder, or a workspace of two. */
function workspaceOf(kind: 'one folder' | 'two roots', folder: string): string {
  if (kind === 'one folder') return folder;
  for (const name of ['a', 'b']) mkdirSync(path.join(folder, name));
  const file = path.join(folder, 'two.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'a' }, { path: 'b' }] }));
  return file;
}

async function runInside(kind: 'one folder' | 'two roots', context: TestContext): Promise<void> {
  const workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  const report = path.join(workspace, 'mocha.json');
  const rows = process.env['SAMPLE_ROWS'];
  const sample = await buildSampleTask(plainPython, rows === undefined ? undefined : Number(rows));
  const place = path.join(workspace, 'sample');
  cpSync(path.dirname(sample.folder), place, { recursive: true });
  await sample.remove();
  const editor = await Editor.start({ installed: false, alongside: path.join(import.meta.dirname, 'model-provider') });
  try {
    const remote = (file: string) => `vscode-remote://127.0.0.1:${editor.port}${file}`;
    const finished = new Promise<unknown>((resolve) => editor.page.exposeFunction('codeAutomationExit', resolve));
    await editor.page.exposeFunction('codeAutomationLog', () => {});
    await editor.open(workspaceOf(kind, workspace), [
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(path.join(root, 'dist', 'test', 'host.cjs'))],
      ['enableProposedApi', ''],
      [
        'extensionEnvironment',
        JSON.stringify({
          ...(kind === 'two roots' ? { MOCHA_GREP: aboutRoots } : {}),
          ...settings,
          MOCHA_REPORT: report,
          SAMPLE_TASK: path.join(place, path.basename(sample.folder)),
        }),
      ],
    ]);
    const over = Promise.race([finished, sleep(timeLimit, undefined, { ref: false })]);
    await Promise.all([over, confirmUntil(over, editor)]);
    assert.ok(existsSync(report), 'the extension host wrote no report within its time limit');
    const { tests } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    assert.ok(tests.length > 0, 'no test ran inside the extension host');
    for (const entry of tests) {
      await context.test(entry.fullTitle, () => assert.equal(entry.err.message, undefined));
    }
  } finally {
    await editor.close();
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Says yes to what tools for language models ask before they run code; questions of commands are the tests' own. */
async function confirmUntil(over: Promise<unknown>, { page }: Editor): Promise<void> {
  let isOver = false;
  void over.then(() => {
    isOver = true;
  });
  const question = page.locator('.monaco-dialog-box', { hasText: 'in the sandbox' });
  while (!isOver) {
    // A page that reloads has no dialog.
    if ((await question.count().catch(() => 0)) > 0) await question.locator('.monaco-button').first().click();
    await sleep(300);
  }
}
