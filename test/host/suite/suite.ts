// The extension seen from inside: manifest and code agree, findings become diagnostics, nothing is left behind.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension/extension.ts';
import { Problems, toDiagnostic } from '../../../src/extension/problems.ts';
import { settingKeys } from '../../../src/extension/settings.ts';
import type { Finding } from '../../../src/task/findings.ts';

const extension = vscode.extensions.getExtension<ExtensionApi>('mle-forge.mle-forge');

const finding: Finding = {
  code: 'LEK001',
  severity: 'warning',
  message: 'Three rows stand in both parts.',
  file: 'data/public/train.csv',
  range: { start: { line: 4, character: 0 }, end: { line: 4, character: 12 } },
  evidence: { rows: 3 },
  remedy: 'Drop them.',
  related: [
    {
      file: 'data/public/test.csv',
      range: { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } },
      message: 'the same row',
    },
  ],
};

describe('the extension', () => {
  before(async () => {
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
  });

  it('registers every command that its manifest contributes', async () => {
    const contributed: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = await vscode.commands.getCommands(true);
    for (const { command } of contributed) assert.ok(registered.includes(command), command);
  });

  it('reads exactly the settings that its manifest declares', () => {
    const declared = Object.keys(extension?.packageJSON.contributes.configuration.properties).map((key) =>
      key.replace('mleForge.', ''),
    );
    assert.deepEqual(declared.sort(), [...settingKeys].sort());
  });

  it('offers the dataset entry on folders that are on a disk and only when the workspace is trusted', () => {
    // Read from disk: a remote extension host rewrites scheme tests in the manifest that it hands out.
    const manifest = JSON.parse(readFileSync(path.join(extension?.extensionPath ?? '', 'package.json'), 'utf8'));
    const entries: { command: string; when: string }[] = manifest.contributes.menus['explorer/context'];
    const when = entries.find((entry) => entry.command === 'mleForge.forgeTask')?.when ?? '';
    for (const part of ['explorerResourceIsFolder', 'isWorkspaceTrusted', '!virtualWorkspace'])
      assert.ok(when.includes(part), part);
  });

  it('shows the page of a check behind its code', async () => {
    const target = toDiagnostic('/task', finding).code;
    assert.ok(typeof target === 'object');
    const page = await vscode.workspace.openTextDocument(target.target);
    assert.match(page.getText(), /^# LEK001: /);
  });
});

describe('Problems', () => {
  it('put a finding on its file and line, with code, remedy and related place', () => {
    const problems = new Problems();
    problems.show('/tmp/task', [finding]);
    const [shown] = problems.collection.get(vscode.Uri.file('/tmp/task/data/public/train.csv')) ?? [];
    assert.ok(shown);
    assert.equal(shown.range.start.line, 4);
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(shown.message, /Drop them/);
    assert.equal(shown.relatedInformation?.[0]?.location.range.start.line, 9);
    problems.dispose();
  });

  it('are replaced by the next verification of the same task', () => {
    const problems = new Problems();
    problems.show('/tmp/task', [finding]);
    problems.show('/tmp/task', []);
    assert.equal(problems.collection.get(vscode.Uri.file('/tmp/task/data/public/train.csv'))?.length ?? 0, 0);
    problems.dispose();
  });

  it('go when their task is deleted', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'task-'));
    mkdirSync(path.join(folder, 'data/public'), { recursive: true });
    writeFileSync(path.join(folder, 'data/public/train.csv'), 'id\n');
    const problems = new Problems();
    problems.show(folder, [finding]);
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(vscode.Uri.file(folder), { recursive: true });
    await vscode.workspace.applyEdit(edit);
    assert.equal(problems.collection.get(vscode.Uri.file(path.join(folder, finding.file)))?.length ?? 0, 0);
    problems.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('take 500 findings of one file', () => {
    const problems = new Problems();
    problems.show(
      '/tmp/task',
      Array.from({ length: 500 }, () => finding),
    );
    assert.equal(problems.collection.get(vscode.Uri.file('/tmp/task/data/public/train.csv'))?.length, 500);
    problems.dispose();
  });

  it('show a suppressed finding as a hint that names the reason', () => {
    const shown = toDiagnostic('/task', { ...finding, suppressed: 'known and harmless' });
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Hint);
    assert.match(shown.message, /known and harmless/);
  });
});
