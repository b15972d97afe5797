// The items of the Testing view: tasks, below them the families with their checks, and the baselines.
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { type BaselineName, baselineNames, layout } from '../../task/layout.ts';
import { catalogue, recordedChecks } from '../../verify/catalogue.ts';
import { type Family, families } from '../../verify/contract.ts';

export type Node =
  | { readonly kind: 'task'; readonly folder: string }
  | { readonly kind: 'family'; readonly folder: string; readonly family: Family }
  | { readonly kind: 'check'; readonly folder: string; readonly family: Family; readonly code: string }
  | { readonly kind: 'baselines'; readonly folder: string }
  | { readonly kind: 'baseline'; readonly folder: string; readonly name: BaselineName };

/** Checks that cost nothing; the default profile runs only these. No check that exists today costs money. */
export const free = new vscode.TestTag('free');
export const solver = new vscode.TestTag('baseline');

export class TestTree {
  readonly #controller: vscode.TestController;
  readonly #nodes = new WeakMap<vscode.TestItem, Node>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  nodeOf(item: vscode.TestItem): Node | undefined {
    return this.#nodes.get(item);
  }

  /** The item of a task, made when it is not there yet. */
  task(folder: string): vscode.TestItem {
    const known = this.#controller.items.get(folder);
    if (known !== undefined) return known;
    const item = this.#make({ kind: 'task', folder }, path.basename(folder), path.join(folder, layout.manifest));
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  known(folder: string): vscode.TestItem | undefined {
    return this.#controller.items.get(folder);
  }

  forget(folder: string): void {
    this.#controller.items.delete(folder);
  }

  /** Fills in the children of a task. */
  resolve(task: vscode.TestItem): void {
    const node = this.nodeOf(task);
    if (node?.kind !== 'task' || task.children.size > 0) return;
    const { folder } = node;
    for (const family of families) {
      // What models say is no test: it costs money, and asking again may give another answer.
      const checks = catalogue.filter((check) => check.family === family && !recordedChecks.includes(check));
      if (checks.length === 0) continue;
      const item = this.#make({ kind: 'family', folder, family }, familyLabel(family));
      item.description = family;
      for (const { code, title } of checks) {
        item.children.add(this.#make({ kind: 'check', folder, family, code }, `${code} ${title}`));
      }
      task.children.add(item);
    }
    const baselines = this.#make({ kind: 'baselines', folder }, vscode.l10n.t('Baselines'));
    for (const name of baselineNames) {
      const script = path.join(folder, layout.baselines, `${name}.py`);
      if (existsSync(script)) baselines.children.add(this.#make({ kind: 'baseline', folder, name }, name, script));
    }
    task.children.add(baselines);
  }

  /** Every check item below a task, by code. */
  checks(task: vscode.TestItem): Map<string, vscode.TestItem> {
    this.resolve(task);
    const found = new Map<string, vscode.TestItem>();
    for (const item of descendants(task)) {
      const node = this.nodeOf(item);
      if (node?.kind === 'check') found.set(node.code, item);
    }
    return found;
  }

  #make(node: Node, label: string, file?: string): vscode.TestItem {
    const item = this.#controller.createTestItem(
      idOf(node),
      label,
      file === undefined ? undefined : vscode.Uri.file(file),
    );
    item.tags = node.kind === 'task' ? [free, solver] : [node.kind.startsWith('baseline') ? solver : free];
    this.#nodes.set(item, node);
    return item;
  }
}

export function descendants(item: vscode.TestItem): vscode.TestItem[] {
  return [item, ...[...item.children].flatMap(([, child]) => descendants(child))];
}

function idOf(node: Node): string {
  switch (node.kind) {
    case 'task':
      return node.folder;
    case 'family':
      return node.family;
    case 'check':
      return node.code;
    case 'baselines':
      return 'baselines';
    case 'baseline':
      return node.name;
  }
}

function familyLabel(family: Family): string {
  const labels: Record<Family, string> = {
    STR: vscode.l10n.t('Structure'),
    PRE: vscode.l10n.t('Preparation'),
    LEK: vscode.l10n.t('Leakage'),
    MET: vscode.l10n.t('Metric contract'),
    STA: vscode.l10n.t('Statistics'),
    REV: vscode.l10n.t('Reviews'),
    EXE: vscode.l10n.t('Execution'),
    ADV: vscode.l10n.t('Adversaries'),
    SEC: vscode.l10n.t('Safety'),
  };
  return labels[family];
}
