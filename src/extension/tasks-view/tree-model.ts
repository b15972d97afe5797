// The whole Tasks view as data: two groups, each only when it holds something.
import type { L10n } from '../l10n.ts';
import type { RunState } from '../runs/run-state.ts';
import { hasErrors, type TaskState } from '../tasks/task-state.ts';
import type { Row } from './row.ts';
import { runRow } from './run-rows.ts';
import { type CheckState, taskRow } from './task-rows.ts';

/** The rows of the view; none when there is nothing to show, so that the welcome text appears. */
export function treeOf(
  l10n: L10n,
  runs: readonly RunState[],
  tasks: readonly TaskState[],
  now: number,
  checkOf: (folder: string) => CheckState = () => 'settled',
): Row[] {
  const groups: Row[] = [];
  if (runs.length > 0) {
    groups.push(
      group(
        'runs',
        l10n.t('Runs'),
        'run-all',
        runs.map((run) => runRow(l10n, run, now)),
      ),
    );
  }
  if (tasks.length > 0)
    groups.push(
      group(
        'tasks',
        l10n.t('Tasks'),
        'beaker',
        tasks.map((task) => taskRow(l10n, task, checkOf(task.folder))),
      ),
    );
  return groups;
}

function group(name: string, label: string, icon: string, children: readonly Row[]): Row {
  return {
    id: `group:${name}`,
    label,
    description: String(children.length),
    icon: { id: icon },
    context: `group.${name}`,
    tooltip: [],
    spoken: `${label}: ${children.length}`,
    isExpanded: true,
    children,
  };
}

/** How many tasks need repair: the number on the view. Old errors of a changed task are not counted. */
export function tasksWithErrors(
  tasks: readonly TaskState[],
  checkOf: (folder: string) => CheckState = () => 'settled',
): number {
  return tasks.filter((task) => hasErrors(checkOf(task.folder) === 'stale' ? { ...task, report: null } : task)).length;
}
