// The Tasks view: rows of the model, refreshed when a store changes, and once a second while a run works and is seen.
import * as vscode from 'vscode';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';
import { listedRows } from './listed-rows.ts';
import type { Row } from './row.ts';
import type { CheckState } from './task-rows.ts';
import { treeItem } from './tree-item.ts';
import { tasksWithErrors, treeOf } from './tree-model.ts';
import { TreeNode } from './tree-node.ts';

export const viewId = 'mleForge.tasks';
/** Events come in bursts; the eye needs no more than ten pictures a second. */
const settleMs = 100;
const tickMs = 1000;

class TasksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #nodes = new Map<string, TreeNode>();
  #parents = new Map<string, string>();
  #roots: readonly Row[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App) {
    this.#app = app;
    this.rebuild();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node.row);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) {
      await this.#app.finder.ready();
      this.rebuild();
      return this.#roots.map((row) => this.#node(row));
    }
    const { children, lists, task } = node.row;
    const rows = lists === undefined ? (children ?? []) : await listedRows(vscode.l10n, lists, task ?? lists);
    return rows.map((row) => this.#node(row, node.row));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#nodes.get(this.#parents.get(node.row.id) ?? '');
  }

  /** The node of a task or a run, for revealing it. */
  find(id: string): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  /** Soon shows what the stores hold. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.rebuild();
      this.#changed.fire(undefined);
    }, settleMs);
  }

  /** Takes the rows of the model; nodes of rows that stay remain the same objects. */
  rebuild(): void {
    const { runs, tasks } = this.#app;
    this.#roots = treeOf(vscode.l10n, runs.all(), tasks.all(), systemClock.now(), checkOf(this.#app));
    const old = this.#nodes;
    this.#nodes = new Map();
    this.#parents = new Map();
    const visit = (row: Row, parent?: Row): void => {
      const node = old.get(row.id) ?? new TreeNode(row);
      node.row = row;
      this.#nodes.set(row.id, node);
      if (parent !== undefined) this.#parents.set(row.id, parent.id);
      for (const child of row.children ?? []) visit(child, row);
    };
    for (const row of this.#roots) visit(row);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  #node(row: Row, parent?: Row): TreeNode {
    const node = this.#nodes.get(row.id) ?? new TreeNode(row);
    node.row = row;
    this.#nodes.set(row.id, node);
    if (parent !== undefined) this.#parents.set(row.id, parent.id);
    return node;
  }
}

/** What the window's verifications say about the tasks. */
function checkOf({ verifications }: App): (folder: string) => CheckState {
  return (folder) => {
    const state = verifications.of(folder);
    if (state?.checking === true) return 'checking';
    return state?.stale === true ? 'stale' : 'settled';
  };
}

export function registerTasksView(app: App): void {
  const tree = new TasksTree(app);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  const ticker = new Ticker(() => tree.touch());
  const update = (): void => {
    tree.touch();
    const errors = tasksWithErrors(app.tasks.all(), checkOf(app));
    const said = errors === 1 ? vscode.l10n.t('1 task with errors') : vscode.l10n.t('{0} tasks with errors', errors);
    view.badge = errors === 0 ? undefined : { value: errors, tooltip: said };
    ticker.run(view.visible && app.runs.active()?.status === 'running');
  };
  app.command('mleForge.refreshTasks', () => reportingErrors(app, () => app.finder.refresh()));
  app.context.subscriptions.push(
    tree,
    view,
    ticker,
    app.tasks.onDidChange(update),
    app.runs.onDidChange(update),
    { dispose: app.verifications.onDidChange(update) },
    view.onDidChangeVisibility(update),
    vscode.workspace.onDidChangeWorkspaceFolders(() => reportingErrors(app, () => app.finder.refresh())),
  );
}

/** Calls once a second, only while it is told to. */
class Ticker implements vscode.Disposable {
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(tick: () => void) {
    this.#tick = tick;
  }

  run(isOn: boolean): void {
    if (isOn) this.#timer ??= setInterval(this.#tick, tickMs);
    else this.dispose();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
