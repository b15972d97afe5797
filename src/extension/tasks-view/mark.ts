// What the explorer marks on a file or folder of a task.
import path from 'node:path';
import { layout } from '../../task/layout.ts';
import type { L10n } from '../l10n.ts';
import { hasErrors, severityCounts, type TaskState } from '../tasks/task-state.ts';

export interface Mark {
  /** At most two characters; absent inside a folder that is marked already. */
  readonly badge: string | undefined;
  readonly tooltip: string;
  readonly color: string;
}

export function decorationOf(l10n: L10n, task: TaskState | undefined, place: string): Mark | undefined {
  if (task === undefined) return undefined;
  const hidden = path.join(task.folder, layout.privateData);
  if (place === hidden || place.startsWith(`${hidden}${path.sep}`)) {
    const badge = place === hidden ? 'H' : undefined;
    return { badge, tooltip: l10n.t('Hidden from competitors'), color: 'descriptionForeground' };
  }
  if (place !== task.folder || !hasErrors(task)) return undefined;
  const errors = severityCounts(task)?.error ?? 0;
  const tooltip = errors > 0 ? l10n.t('Task with errors: {0}', errors) : l10n.t('Task with a broken manifest');
  return { badge: errors > 0 && errors < 100 ? String(errors) : '!', tooltip, color: 'list.errorForeground' };
}
