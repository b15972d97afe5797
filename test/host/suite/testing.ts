// The Testing view: tasks, families, checks and baselines; results with places, comparisons and output.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import { runBaselineTests } from '../../../src/extension/testing/run-baseline-tests.ts';
import { runChecks } from '../../../src/extension/testing/run-checks.ts';
import { runByTask } from '../../../src/extension/testing/test-run.ts';
import { TestTree } from '../../../src/extension/testing/test-tree.ts';
import { activeApp, copySample } from './sample-copy.ts';

/** What a run told, by the id of the item. */
interface Told {
  readonly states: Map<string, string>;
  readonly messages: Map<string, vscode.TestMessage>;
  output: string;
  ended: number;
}

/** A controller whose runs only write down what they are told. */
function recording(): { controller: vscode.TestController; told: Told; dispose(): void } {
  const real = vscode.tests.createTestController('recording', 'Recording');
  const told: Told = { states: new Map(), messages: new Map(), output: '', ended: 0 };
  const note = (state: string) => (item: vscode.TestItem, message?: unknown) => {
    told.states.set(item.id, state);
    const first = Array.isArray(message) ? message[0] : message;
    if (first instanceof vscode.TestMessage) told.messages.set(item.id, first);
  };
  const run = {
    enqueued: note('enqueued'),
    started: note('started'),
    passed: note('passed'),
    failed: note('failed'),
    skipped: note('skipped'),
    errored: note('errored'),
    appendOutput: (text: string) => {
      told.output += text;
    },
    end: () => {
      told.ended += 1;
    },
  };
  const controller = new Proxy(real, {
    get: (target, key) => {
      if (key === 'createTestRun') return () => run;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { controller, told, dispose: () => real.dispose() };
}

describe('the Testing view', function () {
  this.timeout(240_000);
  const never = new vscode.CancellationTokenSource().token;
  let app: App;
  let task: ReturnType<typeof copySample>;
  let recorder: ReturnType<typeof recording>;
  let tree: TestTree;

  before(async () => {
    app = await activeApp();
    task = copySample();
    recorder = recording();
    tree = new TestTree(recorder.controller);
  });
  after(() => {
    recorder.dispose();
    task.remove();
  });

  it('lists families, checks and baselines below a task, once they are asked for', () => {
    const item = tree.task(task.folder);
    assert.equal(item.children.size, 0);
    tree.resolve(item);
    assert.ok(item.children.get('MET')?.children.get('MET004'));
    assert.deepEqual([...(item.children.get('baselines')?.children ?? [])].map(([id]) => id).sort(), [
      'constant',
      'sample',
      'simple',
      'strong',
    ]);
  });

  const check = (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> =>
    runByTask({ controller: recorder.controller, tree }, request, token, 'check', (each) => runChecks(app, each));

  it('runs the checks of a family, with place and comparison where one fails', async () => {
    const manifest = readFileSync(task.uri('task.json').fsPath, 'utf8');
    writeFileSync(task.uri('task.json').fsPath, manifest.replace('"maximize"', '"minimize"'));
    const family = tree.task(task.folder).children.get('STR');
    assert.ok(family);
    await check(new vscode.TestRunRequest([family]), never);
    writeFileSync(task.uri('task.json').fsPath, manifest);
    const { states, messages, output, ended } = recorder.told;
    assert.equal(states.get('STR020'), 'failed');
    assert.equal(states.get('STR004'), 'passed');
    assert.equal(states.get('MET001'), undefined);
    const message = messages.get('STR020');
    assert.deepEqual([message?.expectedOutput, message?.actualOutput], ['maximize', 'minimize']);
    assert.equal(message?.location?.uri.fsPath, task.uri('task.json').fsPath);
    assert.ok((message?.location?.range.start.line ?? 0) > 0);
    assert.match(output, /STR004 passed \(\d+ ms\)\r\n/);
    assert.equal(ended, 1);
  });

  it('leaves a cancelled run without results and ends it', async () => {
    const source = new vscode.CancellationTokenSource();
    const family = tree.task(task.folder).children.get('MET');
    assert.ok(family);
    const running = check(new vscode.TestRunRequest([family]), source.token);
    source.cancel();
    await running;
    assert.equal(recorder.told.states.get('MET001'), 'skipped');
    assert.equal(recorder.told.ended, 2);
  });

  it('runs a baseline, and fails it at the line that raises', async () => {
    const script = task.uri('baselines/simple.py').fsPath;
    writeFileSync(script, 'def solve(public, submission):\n    print("trying")\n    raise RuntimeError("no idea")\n');
    const baselines = tree.task(task.folder).children.get('baselines');
    const wanted = ['constant', 'simple']
      .map((name) => baselines?.children.get(name))
      .filter((item) => item !== undefined);
    const tests = { controller: recorder.controller, tree };
    const request = new vscode.TestRunRequest(wanted);
    await runByTask(tests, request, never, 'baseline', (each) => runBaselineTests(app, each));
    const { states, messages, output } = recorder.told;
    assert.equal(states.get('constant'), 'passed');
    assert.equal(states.get('simple'), 'failed');
    assert.equal(messages.get('simple')?.location?.range.start.line, 2);
    assert.match(output, /trying\r\n/);
  });
});
