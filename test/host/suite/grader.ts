// The inner loop: a grader is broken and saved, its Problem appears on its line, a quick fix makes it go.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import { activeApp, copySample, problemsOf, replaceIn, standIn, until } from './sample-copy.ts';
import { finding } from './sample-finding.ts';

const EVALUATE = 'def evaluate';

interface Fault {
  readonly code: string;
  readonly from: string;
  readonly to: string;
  /** Title of its quick fix. */
  readonly fix: string;
  /** Text of the line on which the Problem stands. */
  readonly line: string;
}

const faults: readonly Fault[] = [
  {
    code: 'MET004',
    fix: 'Refuse repeated, missing and unknown ids',
    from: '    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):\n        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")\n',
    to: '',
    line: EVALUATE,
  },
  {
    code: 'MET003',
    fix: 'Match predictions with answers by id',
    from: '.reindex(answers["id"].astype(str))',
    to: '',
    line: EVALUATE,
  },
  {
    code: 'MET013',
    fix: 'Let evaluate work on copies',
    from: '    predicted =',
    to: '    submission["seen"] = 1\n    predicted =',
    line: EVALUATE,
  },
  {
    code: 'MET014',
    fix: 'Return the score as a Python float',
    from: 'return float((predicted.to_numpy() == answers["kind"].to_numpy()).mean())',
    to: 'return (predicted.to_numpy() == answers["kind"].to_numpy()).mean()',
    line: EVALUATE,
  },
];

describe('iterating on a grader', function () {
  this.timeout(240_000);
  let app: App;
  let task: ReturnType<typeof copySample>;

  before(async () => {
    app = await activeApp();
    task = copySample();
    await app.verifier.verify(task.folder, { origin: 'command' });
  });
  after(() => task.remove());

  it('starts from a task without errors', () => {
    const report = app.verifications.of(task.folder)?.report;
    assert.equal(report?.verdict, 'accepted', JSON.stringify(report?.findings));
    assert.ok(JSON.parse(readFileSync(path.join(task.folder, 'verification/report.json'), 'utf8')));
  });

  for (const { code, fix, from, to, line } of faults) {
    it(`shows ${code} on its line after a save, and a quick fix makes it go`, async () => {
      const uri = task.uri('metric.py');
      const original = readFileSync(uri.fsPath, 'utf8');
      await replaceIn(uri, from, to);
      const [shown] = await until(`${code} appears`, () => {
        const found = problemsOf(uri, code);
        return found.length > 0 && found;
      });
      const document = await vscode.workspace.openTextDocument(uri);
      assert.ok(shown);
      assert.ok(document.lineAt(shown.range.start.line).text.includes(line), `${line}: ${shown.range.start.line}`);
      await apply(fix, await actionsAt(uri, shown.range));
      await document.save();
      await until(`${code} goes`, () => problemsOf(uri, code).length === 0);
      await replaceIn(uri, document.getText(), original);
      await until(
        'the first grader stands again',
        () => quiet(app, task.folder) && problemsOf(uri, 'STR014').length === 0,
      );
    });
  }

  it('records a changed file again by a quick fix in the manifest', async () => {
    const uri = task.uri('metric.py');
    await replaceIn(uri, '"""Share of', '"""Part of');
    const [shown] = await until('STR014 appears', () => {
      const found = problemsOf(uri, 'STR014');
      return found.length > 0 && found;
    });
    assert.ok(shown);
    assert.ok((shown.relatedInformation?.length ?? 0) > 0, 'the line of the manifest that contradicts');
    await apply('Record metric.py as it is now in task.json', await actionsAt(uri, shown.range));
    await (await vscode.workspace.openTextDocument(task.uri('task.json'))).save();
    await until('STR014 goes', () => problemsOf(uri, 'STR014').length === 0);
  });

  it('suppresses a finding with the reason that was asked for, and shows it as suppressed', async () => {
    const uri = task.uri('metric.py');
    await replaceIn(uri, 'return float((predicted', 'submission["seen"] = 1\n    return float((predicted');
    await until('MET013 appears', () => problemsOf(uri, 'MET013').length > 0);
    await until('the rest is checked', () => quiet(app, task.folder));
    const entry = app.problems.of(uri).find(({ finding }) => finding.code === 'MET013');
    assert.ok(entry);
    await standIn(
      vscode.window,
      'showInputBox',
      async () => 'Every caller hands over a copy.',
      () => vscode.commands.executeCommand('mleForge.suppressFinding', task.folder, entry.finding),
    );
    const manifest = await vscode.workspace.openTextDocument(task.uri('task.json'));
    assert.ok(manifest.isDirty, 'saving is left to the user');
    await manifest.save();
    const shown = await until('it is shown as suppressed', () =>
      problemsOf(uri, 'MET013').find(({ message }) => message.includes('Every caller hands over a copy.')),
    );
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Information);
    await until('the rest is checked', () => quiet(app, task.folder));
  });

  it('opens the submission that shows a finding', async () => {
    const uri = task.uri('metric.py');
    await replaceIn(uri, '    if not submission["kind"].isin(["heavy", "light"]).all():', '    if False:');
    await until('MET007 appears', () => problemsOf(uri, 'MET007').length > 0);
    const entry = app.problems.of(uri).find(({ finding }) => finding.code === 'MET007');
    await vscode.commands.executeCommand('mleForge.openCounterexample', task.folder, entry?.finding);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^id,kind\n/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until('the rest is checked', () => quiet(app, task.folder));
  });

  it('checks one family again on demand', async () => {
    const uri = task.uri('metric.py');
    const entry = app.problems.of(uri).find(({ finding }) => finding.code === 'MET007');
    assert.ok(entry);
    writeFileSync(
      uri.fsPath,
      readFileSync(uri.fsPath, 'utf8').replace(
        '    if False:',
        '    if not submission["kind"].isin(["heavy", "light"]).all():',
      ),
    );
    await vscode.commands.executeCommand('mleForge.recheck', task.folder, entry.finding);
    assert.equal(problemsOf(uri, 'MET007').length, 0);
  });

  it('explains a check', async () => {
    await vscode.commands.executeCommand('mleForge.explainFinding', task.folder, finding);
    await until('the page opens', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(finding.code));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is quiet when the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('mleForge', task.uri('metric.py'));
    await settings.update('verifyOnSave', 'off', vscode.ConfigurationTarget.Workspace);
    try {
      await replaceIn(task.uri('metric.py'), '"""Part of', '"""Share of');
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(app.verifications.of(task.folder)?.checking, false);
    } finally {
      await settings.update('verifyOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('restores the findings that are recorded for these bytes, and not those of others', async () => {
    const recorded = copySample();
    const changed = copySample();
    try {
      for (const { folder, uri } of [recorded, changed]) {
        mkdirSync(path.join(folder, 'verification'), { recursive: true });
        await app.verifier.verify(folder, { origin: 'command' });
        app.verifications.forget(folder);
        if (folder === changed.folder) writeFileSync(uri('README.md').fsPath, 'changed\n');
        await vscode.workspace.openTextDocument(uri('description.md'));
      }
      await until('the recorded report is there', () => app.verifications.of(recorded.folder)?.origin === 'recorded');
      const stale = await until('the other is stale', () => app.verifications.of(changed.folder));
      assert.deepEqual([stale.stale, stale.report], [true, null]);
    } finally {
      recorded.remove();
      changed.remove();
    }
  });
});

function quiet(app: App, folder: string): boolean {
  return app.verifications.of(folder)?.checking === false;
}

async function apply(title: string, actions: readonly vscode.CodeAction[]): Promise<void> {
  const fix = actions.find((action) => action.title === title);
  assert.ok(fix?.edit, `${title} is not among: ${actions.map((action) => action.title).join(', ')}`);
  assert.equal(fix.isPreferred, true);
  await vscode.workspace.applyEdit(fix.edit);
}

async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}
