// One line of progress for a stage of the pipeline, as people say it.
import * as vscode from 'vscode';
import type { ForgeEvent, Stage } from '../forge/events.ts';

function stageText(stage: Stage): string {
  const texts: Record<Stage, string> = {
    profile: vscode.l10n.t('reading the dataset'),
    brainstorm: vscode.l10n.t('looking for tasks worth solving'),
    design: vscode.l10n.t('designing'),
    'assert-draft': vscode.l10n.t('checking the draft'),
    refactor: vscode.l10n.t('bringing to the package standard'),
    'assert-package': vscode.l10n.t('checking the package'),
    review: vscode.l10n.t('looking for leaks and fuzzing the grader'),
    execute: vscode.l10n.t('running the baselines'),
    publish: vscode.l10n.t('publishing'),
  };
  return texts[stage];
}

/** What to show for an event; null for events that need no line. */
export function progressText(event: ForgeEvent): string | null {
  switch (event.type) {
    case 'stage-started': {
      const what = stageText(event.stage);
      return event.task === null ? what : `${event.task}: ${what}`;
    }
    case 'formulations':
      return vscode.l10n.t('{0} formulations', event.ids.length);
    case 'repair':
      return vscode.l10n.t('{0}: repairing', event.task);
    case 'accepted':
      return vscode.l10n.t('{0}: accepted', event.task);
    case 'rejected':
      return vscode.l10n.t('{0}: rejected ({1})', event.task, event.code);
    default:
      return null;
  }
}
