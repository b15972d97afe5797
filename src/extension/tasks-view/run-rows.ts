// The rows of the group "Runs".
import path from 'node:path';
import { layout } from '../../task/layout.ts';
import type { L10n } from '../l10n.ts';
import { type CandidateState, isActive, isResumable, type RunState } from '../runs/run-state.ts';
import { candidateText, costText, runLine, statusText, tallyText } from '../runs/run-text.ts';
import type { Row, RowIcon } from './row.ts';

const statusIcons: Readonly<Record<RunState['status'], RowIcon>> = {
  queued: { id: 'clock' },
  running: { id: 'sync~spin' },
  elsewhere: { id: 'sync' },
  cancelled: { id: 'circle-slash' },
  interrupted: { id: 'debug-pause', color: 'problemsWarningIcon.foreground' },
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  done: { id: 'pass', color: 'testing.iconPassed' },
};

const candidateIcons: Readonly<Record<CandidateState['kind'], RowIcon>> = {
  waiting: { id: 'circle-large-outline' },
  working: { id: 'sync~spin' },
  accepted: { id: 'pass', color: 'testing.iconPassed' },
  rejected: { id: 'circle-slash', color: 'problemsWarningIcon.foreground' },
};

/** What menus may test, for instance `run.cancelled.resumable`. */
function contextOf(run: RunState): string {
  if (run.isStopping) return 'run.stopping';
  return isResumable(run) ? `run.${run.status}.resumable` : `run.${run.status}`;
}

/** One run with its candidates. `now` is in milliseconds since the epoch. */
export function runRow(l10n: L10n, run: RunState, now: number): Row {
  const label = path.basename(run.request.dataset);
  const line = runLine(l10n, run, now);
  const children = [...run.candidates].map(([task, state]) => candidateRow(l10n, run, task, state));
  const tally = tallyText(l10n, run);
  const icon = run.status === 'done' && run.accepted === 0 ? { id: 'circle-slash' } : statusIcons[run.status];
  return {
    id: `run:${run.key}`,
    label,
    description: line,
    icon: run.isStopping ? { id: 'loading~spin' } : icon,
    context: contextOf(run),
    tooltip: [
      { label: l10n.t('Dataset'), value: run.request.dataset },
      { label: l10n.t('Output'), value: run.request.out },
      { label: l10n.t('State'), value: statusText(l10n, run) },
      { label: l10n.t('Engine'), value: `${run.request.engine} (${costText(l10n, run.cost)})` },
      { label: l10n.t('Tasks wanted'), value: String(run.request.maxTasks) },
      ...(tally === '' ? [] : [{ label: l10n.t('So far'), value: tally }]),
      ...(run.run === null ? [] : [{ label: l10n.t('Run'), value: run.run }]),
      ...(run.reason === null ? [] : [{ label: l10n.t('Reason'), value: run.reason }]),
    ],
    spoken: l10n.t('Run on {0}: {1}', label, line),
    run: run.key,
    isExpanded: isActive(run),
    // A run that will have candidates is a folder from the start: the editor does not expand what was a leaf before.
    ...(children.length > 0 || isActive(run) ? { children } : {}),
  };
}

function candidateRow(l10n: L10n, run: RunState, task: string, state: CandidateState): Row {
  const isFrozen = state.kind === 'working' && (run.status !== 'running' || run.isStopping);
  // The run has ended with enough tasks, or before it came to this one.
  const isLeft = state.kind === 'waiting' && !isActive(run) && run.status !== 'elsewhere';
  const said = isLeft ? l10n.t('not tried') : candidateText(l10n, state);
  const reason = state.kind === 'rejected' ? [{ label: l10n.t('Reason'), value: state.reason }] : [];
  return {
    id: `candidate:${run.key}:${task}`,
    label: task,
    description: said,
    icon: isFrozen ? { id: 'circle-large-outline' } : candidateIcons[state.kind],
    context: `candidate.${state.kind}`,
    tooltip: [{ label: l10n.t('Candidate'), value: task }, { label: l10n.t('State'), value: said }, ...reason],
    spoken: `${task}: ${said}`,
    run: run.key,
    ...(state.kind === 'accepted'
      ? {
          task: state.folder,
          action: { kind: 'open', file: path.join(state.folder, layout.description), line: 0, endLine: 0 },
        }
      : {}),
  };
}
