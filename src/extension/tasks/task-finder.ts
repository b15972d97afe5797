// Keeps the store of tasks in step with the disk: output folders are scanned once and watched from then on.
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';
import { isWithin } from '../../task/within.ts';
import type { App } from '../app.ts';
import { outputFoldersOf, toPath } from '../paths.ts';
import { runsOnDisk } from '../runs/disk-runs.ts';
import { outputSetting } from '../settings.ts';
import { FolderWatches } from './folder-watches.ts';
import type { Stoppable } from './listeners.ts';
import { findTasks, maxDepth } from './task-scan.ts';
import { readTaskState, type TaskState } from './task-state.ts';

/** Key of the workspace's state: output folders beyond the usual ones. */
const outputsKey = 'mleForge.outputFolders';
const rememberedOutputs = 20;
/** A build writes many files at once; one look after the last is enough. */
const settleMs = 300;
/** A workspace folder may be a task, or hold some directly; it is not searched any deeper. */
const workspaceDepth = 1;
/** What a task tells the view, relative to its folder, which is the first. */
const ofInterest = new Set(['', layout.manifest, path.dirname(layout.report), layout.report]);

export class TaskFinder implements vscode.Disposable {
  readonly #app: App;
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #folders = new FolderWatches((place) => this.#touch(place));
  readonly #following: Stoppable;
  readonly #stale = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #first: Promise<void> | undefined;
  /** Looks take turns: what was read earlier must not replace what was read later. */
  #turn: Promise<void> = Promise.resolve();

  constructor(app: App) {
    this.#app = app;
    // Tasks that this window has made come into the store by themselves.
    this.#following = app.tasks.onDidChange((folders) => {
      for (const folder of folders) if (app.tasks.get(folder) !== undefined) this.#follow(folder);
    });
  }

  /** Looks around for the first time; later calls wait for the same look. */
  ready(): Promise<void> {
    this.#first ??= this.refresh();
    return this.#first;
  }

  /** Looks at everything again: tasks and the runs of their output folders. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      const roots = this.#roots();
      for (const [root, watcher] of this.#watchers) {
        if (roots.has(root)) continue;
        watcher.dispose();
        this.#watchers.delete(root);
        this.#folders.removeBelow(root);
      }
      const found = new Set<string>();
      for (const [root, depth] of roots) {
        this.#watch(root);
        for (const folder of await this.#find(root, roots)) found.add(folder);
        if (depth === undefined) this.#app.runs.found(await runsOnDisk(root));
      }
      this.#app.tasks.put(await Promise.all([...found].map((folder) => this.#read(folder))));
      this.#forget(this.#app.tasks.all().flatMap(({ folder }) => (found.has(folder) ? [] : [folder])));
    });
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
    this.#following.dispose();
    this.#folders.dispose();
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#watchers.clear();
  }

  #inTurn(look: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(look);
    this.#turn = done.catch(() => {}); // Who asked for the look is told; the next one goes ahead.
    return done;
  }

  #forget(folders: readonly string[]): void {
    this.#app.tasks.forget(folders);
    for (const folder of folders) {
      this.#folders.removeBelow(folder);
      this.#app.verifications.forget(folder);
    }
  }

  /** Tasks at or below a place, as deep as its roots allow. Folders of an output folder are followed from here on. */
  #find(place: string, roots: Map<string, number | undefined>): Promise<string[]> {
    const around = [...roots].filter(([root]) => isWithin(place, root));
    const depths = around.map(([root, depth = maxDepth]) => depth - levelsBetween(root, place));
    const isOutput = around.some(([, depth]) => depth === undefined);
    return findTasks(place, Math.max(0, ...depths), isOutput ? (folder) => this.#folders.add(folder) : undefined);
  }

  /** Follows a task first, so that nothing which is written after it was read is missed. */
  #read(folder: string): Promise<TaskState> {
    this.#follow(folder);
    return readTaskState(folder);
  }

  #follow(task: string): void {
    this.#folders.add(task);
    this.#folders.add(path.join(task, path.dirname(layout.report)));
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
    const take = (uri: vscode.Uri): void => this.#touch(uri.fsPath, root);
    this.#watchers.set(
      root,
      vscode.Disposable.from(watcher, watcher.onDidCreate(take), watcher.onDidChange(take), watcher.onDidDelete(take)),
    );
  }

  /** Takes note of a place that has changed; hidden ones below `within` are nobody's tasks. */
  #touch(place: string, within: string = path.dirname(place)): void {
    const way = path.relative(within, place).split(path.sep);
    if (way.some((part) => part.startsWith('.'))) return;
    const task = this.#app.tasks.ownerOf(place)?.folder;
    if (task !== undefined && !ofInterest.has(path.relative(task, place))) return;
    this.#stale.add(task ?? (path.basename(place) === layout.manifest ? path.dirname(place) : place));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#look()), settleMs);
  }

  async #look(): Promise<void> {
    const places = [...this.#stale];
    this.#stale.clear();
    const roots = this.#roots();
    for (const place of places) {
      const found = roots.has(place) || (await isFolder(place)) ? await this.#find(place, roots) : [];
      this.#app.tasks.put(await Promise.all(found.map((folder) => this.#read(folder))));
      for (const { folder: known } of this.#app.tasks.all()) {
        const isGone = isWithin(known, place) && (await findTasks(known, 0)).length === 0;
        if (isGone) this.#forget([known]);
      }
    }
  }
}

/** False for a link: it is not followed. */
async function isFolder(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => null);
  return found?.isDirectory() ?? false;
}

function levelsBetween(root: string, place: string): number {
  return place === root ? 0 : path.relative(root, place).split(path.sep).length;
}
