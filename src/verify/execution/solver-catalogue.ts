// What the runs of interactive solvers say about a task, one check per statement.
import type { Check } from '../check.ts';
import { CLEAR_ORDER, FEWEST_ORDERED } from './solver-order.ts';

const row = (
  code: string,
  severity: Check['severity'],
  details: Omit<Check, 'code' | 'family' | 'severity'>,
): Check => ({ code, family: 'EXE', severity, ...details });

export const solverCatalogue = {
  nontrivial: row('EXE101', 'information', {
    title: 'A solver that a model drives beats the best constant by more than chance.',
    why: 'A task that can be worked on is one on which work pays. A weak model proves little, so this is no more than a remark.',
    measured:
      'Recorded runs of `mle-forge solve` on the files as they are now: the paired 95 % interval of the gain over the constant baseline lies above zero for one of them.',
    remedy: 'Let a stronger model try, or look at what kept this one from learning.',
  }),
  order: row('EXE102', 'warning', {
    title: 'Attempts that do better on rows held out of train do better on the test part.',
    why: 'Where better methods do not get better scores, a ranking of solvers is chance: the test part is too small, too noisy, or of another kind than train.',
    measured: `Spearman's rank correlation of the attempts of a recorded run, on rows held out of train and on the test part; zero or below, with ${FEWEST_ORDERED} attempts or more (${CLEAR_ORDER} and above counts as agreement).`,
    remedy:
      'Hold out more rows, or make the test part like what train prepares for; or say in the description how they differ.',
  }),
} as const satisfies Record<string, Check>;

export const solverChecks: readonly Check[] = [solverCatalogue.nontrivial, solverCatalogue.order];
