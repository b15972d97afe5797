// From a verified package to a finished one: difficulty, leaderboard, hashes, and the report bound to its bytes.
import path from 'node:path';
import type { AgentContext } from '../agents/contracts.ts';
import { builtinRefactor } from '../agents/refactor/refactor.ts';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import { writeFileAtomic } from '../task/atomic-write.ts';
import { verdictOf } from '../task/findings.ts';
import { layout } from '../task/layout.ts';
import { isBetter } from '../task/metrics.ts';
import { hashPackage, readTask, writeTask } from '../task/package.ts';
import type { TaskSpec } from '../task/spec.ts';
import { inCatalogueOrder } from '../verify/catalogue.ts';
import type { Rung, VerificationReport } from '../verify/contract.ts';
import { sortFindings } from '../verify/engine.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { hashPackageFiles, packageHash } from '../verify/package/hash.ts';
import type { GateResult } from './gates.ts';
import { writePackageFiles } from './package-writer.ts';

/** Writes the ladder into the package: leaderboard.csv, the manifest's difficulty, and the hashes of all files. */
export async function recordLadder(folder: string, ladder: readonly Rung[]): Promise<void> {
  const spec = await readTask(folder);
  await writeFileAtomic(path.join(folder, layout.leaderboard), leaderboard(ladder, spec.metric.direction));
  await sealPackage(folder, { ...spec, difficulty: difficultyOf(ladder, spec.metric) });
}

/** Writes the manifest with the hashes of the files as they are now. */
export async function sealPackage(folder: string, spec: TaskSpec): Promise<void> {
  await writeTask(folder, { ...spec, hashes: await hashPackage(folder) });
}

/** Gives the package another id. The README names it, so it is written again: by rule, whoever wrote the task. */
export async function renamePackage(
  folder: string,
  id: string,
  draft: PackageDraft,
  context: AgentContext,
): Promise<void> {
  const spec = { ...(await readTask(folder)), id };
  await writeTask(folder, spec);
  const { files } = await builtinRefactor(
    { task: id, folder, draft: { ...draft, manifest: { ...draft.manifest, id } } },
    context,
  );
  const readme = files[layout.readme];
  if (readme !== undefined) await writePackageFiles(folder, { [layout.readme]: readme });
  await sealPackage(folder, spec);
}

/** Best first; the entries are the baselines, and say so. */
function leaderboard(ladder: readonly Rung[], direction: 'maximize' | 'minimize'): string {
  const ranked = [...ladder].sort((a, b) => (a.score === b.score ? 0 : isBetter(direction, a.score, b.score) ? -1 : 1));
  const lines = ranked.map(({ name, score }, place) => `${place + 1},${name},baseline,${score}`);
  return `rank,name,kind,score\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** `headroom` is what strong leaves open of the way from trivial to best; null when there is no such way. */
export function difficultyOf(ladder: readonly Rung[], metric: TaskSpec['metric']): TaskSpec['difficulty'] {
  const score = (name: Rung['name']): number | undefined => ladder.find((rung) => rung.name === name)?.score;
  const trivial = score('constant') ?? score('sample');
  const strong = score('strong');
  if (trivial === undefined || strong === undefined) return null;
  const way = metric.best - trivial;
  const open = way === 0 ? null : (metric.best - strong) / way;
  const headroom = open === null ? null : Math.min(1, Math.max(0, Number(open.toFixed(4))));
  return { trivial, simple: score('simple') ?? null, strong, headroom };
}

/** One report over the results of all gates, bound to the package as it is on disk. Of two runs of a check the later counts. */
export async function bindReport(folder: string, gates: readonly GateResult[]): Promise<VerificationReport> {
  const files = new PackageFiles(folder);
  const merged = gates.reduce(later);
  const findings = sortFindings(merged.findings);
  return {
    task: (await readTask(folder)).id,
    verdict: verdictOf(findings),
    package: await packageHash(files, await hashPackageFiles(files)),
    findings,
    checks: inCatalogueOrder(merged.checks),
    ladder: merged.ladder,
  };
}

function later(known: GateResult, next: GateResult): GateResult {
  const repeated = new Map(next.checks.map((check) => [check.code, check]));
  const isNew = (item: { code: string }): boolean => !known.checks.some((check) => check.code === item.code);
  return {
    findings: [...known.findings.filter((finding) => !repeated.has(finding.code)), ...next.findings],
    checks: [...known.checks.map((check) => repeated.get(check.code) ?? check), ...next.checks.filter(isNew)],
    ladder: [...known.ladder, ...next.ladder],
    tree: next.tree,
  };
}
