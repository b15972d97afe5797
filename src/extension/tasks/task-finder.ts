// Keeps the store of tasks in step with the disk: output folders are scanned once and watched from then on.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import type { App } from '../app.ts';
import { outputFoldersOf, toPath } from '../paths.ts';
import { runsOnDisk } from '../runs/disk-runs.ts';
import { outputSetting } from '../settings.ts';
import { findTasks } from './task-scan.ts';
import { readTaskState } from './task-state.ts';

/** Key of the workspace's state: output folders beyond the usual ones. */
const outputsKey = 'mleForge.outputFolders';
const rememberedOutputs = 20;
/** A build writes many files at once; one look after the last is enough. */
const settleMs = 300;
/** A workspace folder may be a task, or hold some directly; it is not searched any deeper. */
const workspaceDepth = 1;

export class TaskFinder implements vscode.Disposable {
  readonly #app: App;
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #stale = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #first: Promise<void> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /** Looks around for the first time; later calls wait for the same look. */
  ready(): Promise<void> {
    this.#first ??= this.refresh();
    return this.#first;
  }

  /** Looks at everything again: tasks and the runs of their output folders. */
  async refresh(): Promise<void> {
    const roots = this.#roots();
    for (const [root, watcher] of this.#watchers) {
      if (roots.has(root)) continue;
      watcher.dispose();
      this.#watchers.delete(root);
    }
    const found = new Set<string>();
    for (const [root, depth] of roots) {
      this.#watch(root);
      for (const folder of await findTasks(root, depth)) found.add(folder);
      if (depth === undefined) this.#app.runs.found(await runsOnDisk(root));
    }
    this.#app.tasks.put(await Promise.all([...found].map(readTaskState)));
    this.#forget(this.#app.tasks.all().flatMap(({ folder }) => (found.has(folder) ? [] : [folder])));
  }

  /** Remembers where tasks of this workspace go, so that they are found again. */
  rememberOutput(out: string): void {
    const { workspaceState } = this.#app.context;
    const outputs = [out, ...this.#remembered().filter((known) => known !== out)].slice(0, rememberedOutputs);
    void workspaceState.update(outputsKey, outputs);
    this.#watch(out);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#watchers.clear();
  }

  #forget(folders: readonly string[]): void {
    this.#app.tasks.forget(folders);
    for (const folder of folders) this.#app.verifications.forget(folder);
  }

  #remembered(): string[] {
    const known: unknown = this.#app.context.workspaceState.get(outputsKey);
    return Array.isArray(known) ? known.filter((entry) => typeof entry === 'string') : [];
  }

  /** Folders to look into, with how deep when they are no output folders. */
  #roots(): Map<string, number | undefined> {
    const roots = new Map<string, number | undefined>();
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      if (uri.scheme !== 'file') continue; // Virtual workspaces have no tasks.
      roots.set(toPath(uri), workspaceDepth);
    }
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      if (uri.scheme !== 'file') continue;
      for (const out of outputFoldersOf(uri, outputSetting(uri))) roots.set(out, undefined);
    }
    for (const out of this.#remembered()) roots.set(out, undefined);
    return roots;
  }

  #watch(root: string): void {
    if (this.#watchers.has(root)) return;
    // The folders themselves, too: a deleted or renamed task tells of itself, not of its files.
    const pattern = new vscode.RelativePattern(vscode.Uri.file(root), `{*,*/${layout.manifest},*/${layout.report}}`);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const take = (uri: vscode.Uri): void => this.#touch(root, uri.fsPath);
    this.#watchers.set(
      root,
      vscode.Disposable.from(watcher, watcher.onDidCreate(take), watcher.onDidChange(take), watcher.onDidDelete(take)),
    );
  }

  #touch(root: string, file: string): void {
    const [child] = path.relative(root, file).split(path.sep);
    if (child === undefined || child.startsWith('.')) return;
    this.#stale.add(child === layout.manifest ? root : path.join(root, child));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), settleMs);
  }

  async #look(): Promise<void> {
    const folders = [...this.#stale];
    this.#stale.clear();
    for (const folder of folders) {
      const found = await findTasks(folder, workspaceDepth);
      this.#app.tasks.put(await Promise.all(found.map(readTaskState)));
      for (const { folder: known } of this.#app.tasks.all()) {
        const isGone = isAtOrBelow(known, folder) && (await findTasks(known, 0)).length === 0;
        if (isGone) this.#forget([known]);
      }
    }
  }
}

function isAtOrBelow(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}${path.sep}`);
}
