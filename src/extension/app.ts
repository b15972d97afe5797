// What the features of the extension share. Owns everything that must end with the extension.
import * as vscode from 'vscode';
import { systemClock } from '../task/ports.ts';
import { userCacheFolder } from '../verify/cache/disk-cache.ts';
import { createMemory, type Memory } from '../verify/cache/memory.ts';
import { workIn } from './forge/begin-work.ts';
import { Grades } from './grading/grades.ts';
import { ChannelLog } from './log.ts';
import { Problems } from './problems/problems.ts';
import { RunStore } from './runs/run-store.ts';
import { RuntimeHost } from './runtime-host.ts';
import { TaskFinder } from './tasks/task-finder.ts';
import { TaskStore } from './tasks/task-store.ts';
import { Verifications } from './verification/verifications.ts';
import { Verifier } from './verification/verifier.ts';

export class App implements vscode.Disposable {
  readonly context: vscode.ExtensionContext;
  readonly log: ChannelLog;
  /** What was verified in this window, and what is being verified. */
  readonly verifications = new Verifications();
  readonly problems = new Problems(this.verifications);
  readonly verifier = new Verifier(this);
  readonly grades = new Grades();
  readonly runtimes: RuntimeHost;
  /** The runs of this window, and those that its output folders remember. */
  readonly runs: RunStore;
  /** The tasks of this window and what was last found in them. */
  readonly tasks = new TaskStore();
  readonly finder: TaskFinder;
  /** What verification has measured, so that a save re-runs only what it touches. */
  readonly memory: Memory = createMemory(userCacheFolder(process.env));

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
    this.log = new ChannelLog();
    this.runtimes = new RuntimeHost(this.log, context.globalStorageUri.fsPath, context.extensionUri.fsPath);
    this.runs = new RunStore(workIn(this), systemClock);
    this.finder = new TaskFinder(this);
  }

  /** Registers a command and ends it with the extension. */
  command(id: string, run: (...args: unknown[]) => unknown): void {
    this.context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }

  dispose(): void {
    void this.runs.dispose();
    this.finder.dispose();
    this.problems.dispose();
    this.tasks.dispose();
    void this.runtimes.dispose();
    this.log.dispose();
  }
}
