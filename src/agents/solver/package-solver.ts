// The solver of a run: it plays each package that has passed every gate, as a competitor would.

import { readTask } from '../../task/package.ts';
import type { Clock } from '../../task/ports.ts';
import { PackageFiles } from '../../verify/package/files.ts';
import type { Solver } from '../contracts.ts';
import type { Seat } from '../loop/conversation.ts';
import type { Desk } from '../loop/desk.ts';
import type { SharedRows } from '../tools/shared-rows.ts';
import { solveTask } from './solve-task.ts';

export interface PackageSolverOptions {
  readonly seat: Seat;
  readonly actions: number;
  readonly sharedRows: SharedRows;
  readonly desk: Desk;
  readonly clock: Clock;
}

/** Has a package played and keeps the run beside the baselines. */
export function packageSolver({ seat, actions, sharedRows, desk, clock }: PackageSolverOptions): Solver {
  return async ({ folder }, { runtime, signal }) => {
    const manifest = await readTask(folder);
    const files = new PackageFiles(folder);
    const result = await solveTask({ files, manifest, seat, actions, sharedRows, runtime, desk, clock, signal });
    if (result.kind === 'unsolved')
      return `the solver has no score after ${result.attempts} attempts: ${result.reason}`;
    const { score, gains, attempts } = result.run;
    const over = gains.strong === null ? '' : `, ${gains.strong.value} over the strong baseline`;
    return `the solver scored ${score} in ${attempts.length} attempts${over}`;
  };
}
