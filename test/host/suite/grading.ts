// Grading in the editor: lenses, hovers, scores, refusals, baselines and the debugger.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import { activeApp, copySample, standIn, until } from './sample-copy.ts';

describe('grading', function () {
  this.timeout(240_000);
  let app: App;
  let task: ReturnType<typeof copySample>;
  const last = () => app.grades.lastOf(task.folder);

  before(async () => {
    app = await activeApp();
    task = copySample();
  });
  after(() => task.remove());

  it('scores the sample submission and the answers', async () => {
    await vscode.commands.executeCommand('mleForge.gradeSample', task.uri('metric.py'));
    const sample = last();
    assert.ok(sample?.grade.valid && sample.grade.score > 0.3 && sample.grade.score < 0.7, JSON.stringify(sample));
    await vscode.commands.executeCommand('mleForge.gradeAnswers', task.uri('metric.py'));
    assert.deepEqual(last()?.grade, { valid: true, score: 1, ci95: [1, 1], direction: 'maximize' });
  });

  it('scores a file of a task, and a file elsewhere by the only task that has its columns', async () => {
    await vscode.commands.executeCommand('mleForge.gradeSubmission', task.uri('data/public/sample_submission.csv'));
    assert.equal(last()?.what, task.uri('data/public/sample_submission.csv').fsPath);
  });

  it('refuses a submission with its reason, and offers the row', async () => {
    const csv = task.uri('mine.csv');
    const lines = readFileSync(task.uri('data/public/sample_submission.csv').fsPath, 'utf8').trim().split('\n');
    writeFileSync(csv.fsPath, [...lines.slice(0, 5), lines[4], ...lines.slice(5)].join('\n'));
    const told: string[] = [];
    await standIn(
      vscode.window,
      'showWarningMessage',
      async (...said: string[]) => void told.push(...said),
      async () => {
        await vscode.commands.executeCommand('mleForge.gradeSubmission', csv);
      },
    );
    assert.equal(last()?.grade.valid, false);
    assert.match(told[0] ?? '', /Every id of test\.csv must appear exactly once/);
    assert.match(told[1] ?? '', /Open/);
  });

  it('puts links above evaluate, validate_submission, prepare, solve and the title', async () => {
    const titles = async (file: string): Promise<string[]> => {
      const uri = task.uri(file);
      await vscode.workspace.openTextDocument(uri);
      const found: vscode.CodeLens[] = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 20);
      return found
        .filter(({ command }) => command?.command.startsWith('mleForge.'))
        .map(({ command }) => command?.title ?? '');
    };
    const metric = await titles('metric.py');
    for (const title of ['Grade sample', 'Grade answers', 'Fuzz']) assert.ok(metric.includes(title), metric.join());
    assert.ok(
      metric.some((title) => /^Last score: /.test(title)),
      metric.join(),
    );
    assert.deepEqual(await titles('prepare.py'), ['Rebuild']);
    assert.ok((await titles('baselines/simple.py')).includes('Run baseline'));
    assert.deepEqual(await titles('description.md'), ['Verify', 'Grade a submission...', 'Run baselines']);
    const settings = vscode.workspace.getConfiguration('mleForge', task.uri('metric.py'));
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Workspace);
    try {
      assert.deepEqual(await titles('prepare.py'), []);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('tells the metric where it is named', async () => {
    const told = async (file: string, text: string): Promise<string> => {
      const document = await vscode.workspace.openTextDocument(task.uri(file));
      const at = document.positionAt(document.getText().indexOf(text) + 2);
      const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      return hovers
        .flatMap(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value)))
        .join('\n');
    };
    for (const [file, text] of [
      ['task.json', '"accuracy"'],
      ['metric.py', 'evaluate('],
      ['description.md', 'ccuracy'],
    ] as const)
      assert.match(await told(file, text), /Share of rows whose class is right[\s\S]*higher is better/, file);
    assert.doesNotMatch(await told('metric.py', 'import pandas'), /Share of rows/);
  });

  it('runs a baseline in the terminal, keeps its record and opens it to be read', async () => {
    await vscode.commands.executeCommand('mleForge.runBaselines', vscode.Uri.file(task.folder), 'constant');
    const record = JSON.parse(readFileSync(task.uri('runs/constant/run.json').fsPath, 'utf8'));
    assert.equal(record.name, 'constant');
    assert.ok(existsSync(task.uri('runs/constant/submission.csv').fsPath));
    assert.ok(!existsSync(task.uri('runs/strong').fsPath), 'only what was asked for');
    assert.match(last()?.what ?? '', /runs.constant.submission\.csv$/);
    await until('the record opens', () =>
      /^# Baseline run: constant$/m.test(vscode.window.activeTextEditor?.document.getText() ?? ''),
    );
  });

  it('ends a baseline when its terminal task is ended', async () => {
    const script = task.uri('baselines/simple.py');
    const original = `${script.fsPath}.txt`;
    copyFileSync(script.fsPath, original);
    writeFileSync(
      script.fsPath,
      'import time\n\n\ndef solve(public, submission):\n    print("waiting", flush=True)\n    time.sleep(120)\n',
    );
    const ended = vscode.commands.executeCommand('mleForge.runBaselines', vscode.Uri.file(task.folder), 'simple');
    const execution = await until('the task runs', () =>
      vscode.tasks.taskExecutions.find(({ task: { source } }) => source === 'MLE Forge'),
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const started = Date.now();
    execution.terminate();
    await ended;
    copyFileSync(original, script.fsPath);
    assert.ok(Date.now() - started < 10_000, 'within ten seconds');
  });

  it('does not offer the debugger where it is not installed, and says so when it is called', async () => {
    const told: string[] = [];
    await standIn(
      vscode.window,
      'showErrorMessage',
      async (said: string) => void told.push(said),
      () => vscode.commands.executeCommand('mleForge.debugGrader', task.uri('metric.py')),
    );
    assert.match(told.join(), /ms-python\.debugpy/);
  });

  it('refuses to run anything in a workspace that is not trusted', async () => {
    const told: string[] = [];
    await standIn(
      vscode.window,
      'showErrorMessage',
      async (said: string) => void told.push(said),
      async () => {
        const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
        Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
        try {
          for (const command of [
            'verifyTask',
            'fuzzMetric',
            'checkPreparation',
            'gradeSample',
            'gradeAnswers',
            'gradeSubmission',
            'runBaselines',
            'debugGrader',
          ])
            await vscode.commands.executeCommand(`mleForge.${command}`, vscode.Uri.file(task.folder));
        } finally {
          if (trusted !== undefined) Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
        }
      },
    );
    assert.equal(told.length, 8);
    for (const said of told) assert.match(said, /not trusted/);
  });
});
