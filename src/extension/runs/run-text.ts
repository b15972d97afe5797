// A run in words: for rows, the status bar, notifications and screen readers.
import type { Cost } from '../../agents/loop/cost.ts';
import type { Stage } from '../../forge/events.ts';
import type { L10n } from '../l10n.ts';
import { type CandidateState, candidateAtWork, elapsed, type RunState } from './run-state.ts';

export function stageText(l10n: L10n, stage: Stage): string {
  const texts: Readonly<Record<Stage, () => string>> = {
    profile: () => l10n.t('reading the dataset'),
    brainstorm: () => l10n.t('looking for tasks worth solving'),
    design: () => l10n.t('designing'),
    'assert-draft': () => l10n.t('checking the draft'),
    refactor: () => l10n.t('bringing to the package standard'),
    'assert-package': () => l10n.t('checking the package'),
    review: () => l10n.t('looking for leaks and fuzzing the grader'),
    execute: () => l10n.t('running the baselines'),
    judge: () => l10n.t('asking a judge'),
    solve: () => l10n.t('letting a solver play'),
    publish: () => l10n.t('publishing'),
  };
  return texts[stage]();
}

/** `1:05`, or `1:02:05` from an hour on. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function statusText(l10n: L10n, run: RunState): string {
  if (run.isStopping) return run.status === 'queued' ? l10n.t('queued, after stopping') : l10n.t('cancelled, stopping');
  const texts: Readonly<Record<RunState['status'], () => string>> = {
    queued: () => l10n.t('queued'),
    running: () => l10n.t('running'),
    elsewhere: () => l10n.t('running in another window'),
    cancelled: () => l10n.t('cancelled'),
    interrupted: () => l10n.t('interrupted'),
    failed: () => l10n.t('failed'),
    done: () => (run.accepted > 0 ? l10n.t('done') : l10n.t('no task')),
  };
  return texts[run.status]();
}

/** What the run is doing now: the stage, else the status. */
export function nowText(l10n: L10n, run: RunState): string {
  const isAtWork = (run.status === 'running' && !run.isStopping) || run.status === 'elsewhere';
  const stage = candidateAtWork(run)?.stage ?? run.stage;
  return isAtWork && stage !== null ? stageText(l10n, stage) : statusText(l10n, run);
}

/** `2 accepted, 1 rejected`; empty before the first verdict. */
export function tallyText(l10n: L10n, run: RunState): string {
  const parts: string[] = [];
  if (run.accepted > 0) parts.push(l10n.t('{0} accepted', run.accepted));
  if (run.rejected > 0) parts.push(l10n.t('{0} rejected', run.rejected));
  return parts.join(', ');
}

/** Tokens and money; what a provider did not tell is called unknown, never nothing. */
export function costText(l10n: L10n, cost: Cost | null): string {
  if (cost === null) return l10n.t('no model');
  const tokens = l10n.t('{0} tokens', cost.tokens);
  const usd = cost.usd === null ? l10n.t('cost unknown') : l10n.t('{0} USD', cost.usd.toFixed(2));
  return `${tokens}, ${usd}`;
}

/** One line beside the name of the dataset; with what the models have cost, where there are any. */
export function runLine(l10n: L10n, run: RunState, now: number): string {
  const time = run.run === null && run.since === null ? '' : clockText(elapsed(run, now));
  const cost = run.cost === null || run.cost.calls === 0 ? '' : costText(l10n, run.cost);
  return [nowText(l10n, run), tallyText(l10n, run), time, cost].filter((part) => part !== '').join(' · ');
}

export function candidateText(l10n: L10n, state: CandidateState): string {
  switch (state.kind) {
    case 'waiting':
      return l10n.t('waiting');
    case 'working':
      return state.attempt > 1
        ? l10n.t('{0}, attempt {1}', stageText(l10n, state.stage), state.attempt)
        : stageText(l10n, state.stage);
    case 'accepted':
      return l10n.t('accepted');
    case 'rejected':
      return l10n.t('rejected: {0}', state.code);
  }
}
