// EXE101 and EXE102: what recorded runs of interactive solvers say. Nothing where there are none.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import type { PackageFiles } from '../package/files.ts';
import { readSolverRuns, type SolverRun } from '../runs/solver-runs.ts';
import { shown } from '../shown-number.ts';
import { solverCatalogue as checks } from './solver-catalogue.ts';
import { orderOf, orderWord } from './solver-order.ts';

/** The outcomes for the runs that are about the package as it is now. */
export async function solverOutcomes(files: PackageFiles): Promise<CheckOutcome[]> {
  const runs = await readSolverRuns(files);
  if (runs.length === 0) return [];
  const reason = `played by ${runs.map(({ model }) => model).join(', ')}`;
  return [await nontrivial(files, runs), await order(files, runs)].map((outcome) => ({ reason, ...outcome }));
}

async function nontrivial(files: PackageFiles, runs: readonly SolverRun[]): Promise<CheckOutcome> {
  const compared = runs.flatMap(({ model, score, gains }) =>
    gains.constant === null ? [] : [{ model, score, gain: gains.constant }],
  );
  if (compared.length === 0) return skipped(checks.nontrivial, 'the constant baseline has no score');
  if (compared.some(({ gain }) => gain.ci95[0] > 0)) return concluded(checks.nontrivial, []);
  const [{ model, score, gain }] = compared.toSorted((a, b) => b.gain.value - a.gain.value) as [(typeof compared)[0]];
  const message = `The solver of ${model} scores ${shown(score)}: its gain of ${shown(gain.value)} over the constant baseline may be chance (95 % interval ${shown(gain.ci95[0])} to ${shown(gain.ci95[1])}).`;
  const range = await files.manifestEntry('target');
  const evidence = { model, score, gain: gain.value, ci95: gain.ci95 };
  return concluded(checks.nontrivial, [
    findingOf(checks.nontrivial, { message, file: layout.manifest, range, evidence }),
  ]);
}

async function order(files: PackageFiles, runs: readonly SolverRun[]): Promise<CheckOutcome> {
  const judged = runs.filter((run) => orderOf(run.order) !== 'unknown');
  if (judged.length === 0) return skipped(checks.order, orderWord(runs[0]?.order ?? { spearman: null, n: 0 }));
  const range = await files.manifestEntry('split');
  const found = judged.flatMap(({ model, order: measured, attempts }): Finding[] => {
    if (orderOf(measured) !== 'disagrees') return [];
    const pairs = attempts.flatMap(({ validation, test }) =>
      validation === null || test === null ? [] : [[validation, test]],
    );
    const message = `${orderWord(measured).replace(/\.$/, '')}: attempts of ${model} on rows held out of train, and on the test part.`;
    const evidence = { model, spearman: measured.spearman, n: measured.n, pairs };
    return [findingOf(checks.order, { message, file: layout.manifest, range, evidence })];
  });
  return concluded(checks.order, found);
}
