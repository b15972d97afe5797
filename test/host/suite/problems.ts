// Findings in the Problems view: on their place, kept there, and gone with their task.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { toDiagnostic } from '../../../src/extension/problems/diagnostics.ts';
import { Problems } from '../../../src/extension/problems/problems.ts';
import { Verifications } from '../../../src/extension/verification/verifications.ts';
import type { Finding } from '../../../src/task/findings.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { finding } from './sample-finding.ts';

const report = (findings: readonly Finding[]): VerificationReport => ({
  task: 'a-task',
  verdict: 'accepted',
  package: '0'.repeat(64),
  findings: [...findings],
  checks: [],
  ladder: [],
});

describe('Problems', () => {
  let verifications: Verifications;
  let problems: Problems;
  let folder: string;
  const shownIn = (place: string) => problems.collection.get(vscode.Uri.file(path.join(place, finding.file))) ?? [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'task-'));
    mkdirSync(path.join(folder, 'data/public'), { recursive: true });
    writeFileSync(path.join(folder, finding.file), 'id,a\n'.repeat(20));
    verifications = new Verifications();
    problems = new Problems(verifications);
    verifications.publish(folder, report([finding]), 'command');
  });
  afterEach(() => {
    problems.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('put a finding on its file and row, with code, remedy and related place', () => {
    const [shown] = shownIn(folder);
    assert.ok(shown);
    assert.equal(shown.range.start.line, 4);
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(shown.message, /Drop them/);
    assert.equal(shown.relatedInformation?.[0]?.location.range.start.line, 9);
  });

  it('are replaced by the next verification of the same task', () => {
    verifications.publish(folder, report([]), 'save');
    assert.equal(shownIn(folder).length, 0);
  });

  it('follow the edits above them', async () => {
    const uri = vscode.Uri.file(path.join(folder, finding.file));
    await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'one\ntwo\n');
    edit.insert(uri, new vscode.Position(4, 0), 'x');
    edit.insert(uri, new vscode.Position(10, 0), 'below\n');
    await vscode.workspace.applyEdit(edit);
    const [shown] = shownIn(folder);
    assert.deepEqual([shown?.range.start.line, shown?.range.start.character], [6, 1]);
    assert.equal(problems.at(uri, new vscode.Range(6, 2, 6, 2)).length, 1);
  });

  it('go when their task is deleted', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(vscode.Uri.file(folder), { recursive: true });
    await vscode.workspace.applyEdit(edit);
    assert.equal(shownIn(folder).length, 0);
    assert.equal(verifications.of(folder), undefined);
  });

  it('go with their file and not with another', async () => {
    const other = vscode.Uri.file(path.join(folder, 'other.txt'));
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(other, { contents: new Uint8Array() });
    edit.deleteFile(other);
    await vscode.workspace.applyEdit(edit);
    assert.equal(shownIn(folder).length, 1);
    const again = new vscode.WorkspaceEdit();
    again.deleteFile(vscode.Uri.file(path.join(folder, finding.file)));
    await vscode.workspace.applyEdit(again);
    assert.equal(shownIn(folder).length, 0);
  });

  it('move with their task', async () => {
    const moved = `${folder}-moved`;
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(folder), vscode.Uri.file(moved));
    await vscode.workspace.applyEdit(edit);
    try {
      assert.equal(shownIn(folder).length, 0);
      assert.equal(shownIn(moved).length, 1);
    } finally {
      rmSync(moved, { recursive: true, force: true });
    }
  });

  it('take 500 findings of one file, and follow an edit above them, within a moment', async () => {
    const many = Array.from({ length: 500 }, (_, line) => ({
      ...finding,
      range: { start: { line, character: 0 }, end: { line, character: 2 } },
    }));
    const started = performance.now();
    verifications.publish(folder, report(many), 'command');
    assert.equal(shownIn(folder).length, 500);
    const uri = vscode.Uri.file(path.join(folder, finding.file));
    await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(shownIn(folder)[499]?.range.start.line, 500);
    assert.ok(performance.now() - started < 5_000, 'longer than five seconds');
  });

  it('keep a finding of a foreign report inside its task', () => {
    verifications.publish(folder, report([{ ...finding, file: '../../etc/passwd' }]), 'recorded');
    assert.equal(problems.collection.get(vscode.Uri.file(path.join(folder, 'task.json')))?.length, 1);
  });

  it('show a suppressed finding with its reason, faded and not as a problem', () => {
    const shown = toDiagnostic('/task', { ...finding, suppressed: 'known and harmless' });
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Information);
    assert.deepEqual(shown.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.match(shown.message, /known and harmless/);
  });
});
