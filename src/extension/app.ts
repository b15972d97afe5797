// What the features of the extension share. Owns everything that must end with the extension.
import * as vscode from 'vscode';
import { userCacheFolder } from '../verify/cache/disk-cache.ts';
import { createMemory, type Memory } from '../verify/cache/memory.ts';
import { Grades } from './grading/grades.ts';
import { ChannelLog } from './log.ts';
import { Problems } from './problems/problems.ts';
import { RuntimeHost } from './runtime-host.ts';
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
  /** The tasks of this window and what was last found in them. */
  readonly tasks = new TaskStore();
  /** What verification has measured, so that a save re-runs only what it touches. */
  readonly memory: Memory = createMemory(userCacheFolder(process.env));

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
    this.log = new ChannelLog();
    this.runtimes = new RuntimeHost(this.log, context.globalStorageUri.fsPath, context.extensionUri.fsPath);
  }

  /** Registers a command and ends it with the extension. */
  command(id: string, run: (...args: unknown[]) => unknown): void {
    this.context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }

  dispose(): void {
    this.problems.dispose();
    this.tasks.dispose();
    void this.runtimes.dispose();
    this.log.dispose();
  }
}
