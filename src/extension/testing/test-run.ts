// What every run of the Testing view does alike: what was asked for, by task; one task after the other; one signal; an end.
import * as vscode from 'vscode';
import { describeError } from '../../task/errors.ts';
import { descendants, type Node, type TestTree } from './test-tree.ts';

/** The view and its items. */
export interface Tests {
  readonly controller: vscode.TestController;
  readonly tree: TestTree;
}

export interface Chosen<Kind extends Node['kind']> {
  readonly item: vscode.TestItem;
  readonly node: Extract<Node, { kind: Kind }>;
}

/** The chosen items of one task. */
export interface TaskRun<Kind extends Node['kind']> {
  readonly folder: string;
  readonly chosen: readonly Chosen<Kind>[];
  /** All items of the task were asked for, none left out. */
  readonly isWhole: boolean;
  readonly run: vscode.TestRun;
  readonly signal: AbortSignal;
}

/**
 * Runs the items of a kind that were asked for. A task whose work throws has its items marked: skipped after a
 * cancellation, else in error.
 */
export async function runByTask<Kind extends Node['kind']>(
  { controller, tree }: Tests,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
  kind: Kind,
  work: (task: TaskRun<Kind>) => Promise<void>,
): Promise<void> {
  const run = controller.createTestRun(request);
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const { signal } = abort;
  try {
    for (const task of wanted({ controller, tree }, request, kind)) {
      if (signal.aborted) break;
      await work({ ...task, run, signal }).catch((error: unknown) => {
        for (const { item } of task.chosen) {
          if (signal.aborted) run.skipped(item);
          else run.errored(item, new vscode.TestMessage(describeError(error)));
        }
      });
    }
  } finally {
    run.end();
  }
}

function wanted<Kind extends Node['kind']>(
  { controller, tree }: Tests,
  { include, exclude }: vscode.TestRunRequest,
  kind: Kind,
): Omit<TaskRun<Kind>, 'run' | 'signal'>[] {
  const left = new Set((exclude ?? []).flatMap(descendants));
  const tasks = new Map<string, { chosen: Chosen<Kind>[]; isWhole: boolean }>();
  for (const root of include ?? [...controller.items].map(([, item]) => item)) {
    tree.resolve(root);
    const isWhole = tree.nodeOf(root)?.kind === 'task' && left.size === 0;
    for (const item of descendants(root)) {
      const node = tree.nodeOf(item);
      if (!isOf(node, kind) || left.has(item)) continue;
      const known = tasks.get(node.folder) ?? { chosen: [], isWhole };
      known.chosen.push({ item, node });
      tasks.set(node.folder, known);
    }
  }
  return [...tasks].map(([folder, task]) => ({ folder, ...task }));
}

function isOf<Kind extends Node['kind']>(node: Node | undefined, kind: Kind): node is Extract<Node, { kind: Kind }> {
  return node?.kind === kind;
}
