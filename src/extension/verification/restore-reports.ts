// A window that opens on verified tasks shows their findings again, as far as the recorded report is about these bytes.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { describeError } from '../../task/errors.ts';
import { listFiles } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';
import { PackageFiles } from '../../verify/package/files.ts';
import { hashPackageFiles, packageHash } from '../../verify/package/hash.ts';
import { recordedReport } from '../../verify/report/recorded.ts';
import type { App } from '../app.ts';
import { taskAround } from '../task-folder.ts';

const MAX_TASKS = 500;
/** Larger packages take seconds to hash: they count as changed until somebody verifies them. */
const MAX_HASHED_BYTES = 300_000_000;

export function registerRestoredReports(app: App): void {
  const queue = new RestoreQueue(app);
  app.context.subscriptions.push(
    queue,
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      const folder = uri.scheme === 'file' ? taskAround(uri.fsPath) : undefined;
      if (folder !== undefined) queue.add(folder);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => void lookFor(queue, added)),
  );
  void lookFor(queue, vscode.workspace.workspaceFolders ?? []);
}

async function lookFor(queue: RestoreQueue, folders: readonly vscode.WorkspaceFolder[]): Promise<void> {
  for (const folder of folders) {
    const pattern = new vscode.RelativePattern(folder, `**/${layout.report}`);
    const reports = await vscode.workspace.findFiles(pattern, '**/{node_modules,.*}/**', MAX_TASKS);
    for (const { fsPath } of reports) queue.add(path.dirname(path.dirname(fsPath)));
  }
}

/** One task after the other, each once: nobody waits for these. */
class RestoreQueue implements vscode.Disposable {
  readonly #app: App;
  readonly #seen = new Set<string>();
  #tail: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(app: App) {
    this.#app = app;
  }

  add(folder: string): void {
    if (this.#seen.has(folder)) return;
    this.#seen.add(folder);
    this.#tail = this.#tail.then(() => this.#restore(folder));
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #restore(folder: string): Promise<void> {
    const { verifications, log } = this.#app;
    try {
      const report = this.#disposed ? null : await recordedReport(folder);
      if (report === null) return;
      const current = (await bytesOf(folder)) <= MAX_HASHED_BYTES && (await this.#hash(folder)) === report.package;
      // Whatever happened in the meantime is newer than a record.
      if (this.#disposed || verifications.of(folder) !== undefined) return;
      if (current) verifications.publish(folder, report, 'recorded');
      else verifications.markStale(folder);
    } catch (error) {
      log.write('info', `${folder}: the recorded report is not shown: ${describeError(error)}`);
    }
  }

  async #hash(folder: string): Promise<string> {
    const files = new PackageFiles(folder, this.#app.memory.hashes);
    return packageHash(files, await hashPackageFiles(files));
  }
}

async function bytesOf(folder: string): Promise<number> {
  let total = 0;
  for (const file of await listFiles(folder)) {
    total += (await stat(path.join(folder, file))).size;
    if (total > MAX_HASHED_BYTES) break;
  }
  return total;
}
