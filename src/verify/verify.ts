// The verifier: all families of checks over one package, one report bound to its bytes.
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { prettyJson } from '../task/canonical-json.ts';
import { type CheckResult, type Finding, verdictOf } from '../task/findings.ts';
import { layout } from '../task/layout.ts';
import { noMemory } from './cache/memory.ts';
import { catalogue, inCatalogueOrder } from './catalogue.ts';
import type { CheckContext, CheckOutcome, FamilyChecks } from './check.ts';
import type { Family, Rung, VerificationReport, VerifyOptions } from './contract.ts';
import { runFamily, skipFamily, sortFindings } from './engine.ts';
import { familyChecks } from './families.ts';
import { PackageFiles } from './package/files.ts';
import { hashPackageFiles, packageHash } from './package/hash.ts';
import { readManifest } from './package/manifest.ts';
import { obstacle, writeInPackage } from './package/write.ts';
import { htmlReport } from './report/html.ts';
import { markdownReport } from './report/markdown.ts';
import { sarifOf } from './report/sarif.ts';
import { keepCounterexamples } from './runs/counterexamples.ts';
import { applySuppressions, checkSuppressions } from './suppressions.ts';

/** Errors of these checks leave nothing for the other families to measure. */
const BLOCKING: Readonly<Partial<Record<Family, readonly string[]>>> = {
  PRE: ['STR001', 'STR002', 'STR004', 'STR005', 'STR012', 'STR015'],
  LEK: ['STR001', 'STR002', 'STR012', 'STR015'],
  MET: ['STR001', 'STR002', 'STR004', 'STR005', 'STR012', 'STR015'],
  REV: ['STR001', 'STR002', 'STR012', 'STR015'],
  EXE: ['STR001', 'STR002', 'STR004', 'STR005', 'STR012', 'STR015'],
  STA: ['STR001', 'STR002', 'STR004', 'STR005', 'STR012', 'STR015'],
  ADV: ['STR001', 'STR002', 'STR004', 'STR005', 'STR012', 'STR015'],
};

/**
 * Verifies the package in `folder`. The report is deterministic: equal packages give equal bytes.
 * @throws ForgeError when cancelled, or when no usable Python environment exists. What is wrong with the task is a finding.
 */
export async function verifyTask(folder: string, options: VerifyOptions): Promise<VerificationReport> {
  const memory = options.memory ?? noMemory();
  const files = new PackageFiles(path.resolve(folder), memory.hashes);
  const { manifest } = await readManifest(files);
  const ladder: Rung[] = [];
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  // Every job listens to it until it ends; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  const context: CheckContext = {
    folder: files.folder,
    files,
    manifest,
    runtime: options.runtime,
    signal,
    log: options.log,
    memory,
    ladder,
    ...(options.dataset === undefined ? {} : { dataset: path.resolve(options.dataset) }),
  };
  const chosen = familyChecks.filter(({ family }) => options.only?.includes(family) ?? true);
  const outcomes = await runFamilies(chosen, context, options, over);
  const suppressions = manifest?.suppressions ?? [];
  if (manifest !== null && chosen.some(({ family }) => family === 'STR')) {
    const found = outcomes.flatMap((outcome) => outcome.findings);
    const codes = new Set(catalogue.map(({ code }) => code));
    outcomes.push(await checkSuppressions(files, suppressions, found, outcomes, codes));
  }
  await keepCounterexamples(files.folder, outcomes);
  const findings = applySuppressions(sortFindings(outcomes.flatMap((o) => o.findings)), suppressions);
  return {
    task: manifest?.id ?? path.basename(files.folder),
    verdict: verdictOf(findings),
    package: await packageHash(files, await hashPackageFiles(files)),
    findings: [...findings],
    checks: inCatalogueOrder(outcomes.map(resultOf)),
    ladder,
  };
}

/** The outcomes of all families in their order. A family starts when those that it comes after have ended. */
async function runFamilies(
  chosen: readonly FamilyChecks[],
  context: CheckContext,
  { clock, onCheck }: VerifyOptions,
  over: AbortController,
): Promise<CheckOutcome[]> {
  const ended = new Map<Family, Promise<CheckOutcome[]>>();
  const begun: Promise<unknown>[] = [];
  const begin = (family: FamilyChecks): unknown => {
    const { ahead } = family;
    if (ahead === undefined) return;
    const needed = [...ended].filter(([other]) => ahead.after.includes(other)).map(([, end]) => end);
    const start = async (): Promise<void> => {
      const before = (await Promise.all(needed)).flat();
      if (context.manifest !== null && blockedBy(family, context, before) === null) await ahead.start(context);
    };
    // Whatever goes wrong is told when the family asks for what was begun.
    return begun.push(start().catch(() => undefined));
  };
  for (const family of chosen) if (family.ahead?.after.length === 0) begin(family);
  for (const family of chosen) {
    const needed = [...ended].filter(([other]) => family.after?.includes(other) ?? true).map(([, end]) => end);
    const run = async (): Promise<CheckOutcome[]> => {
      const before = (await Promise.all(needed)).flat();
      const outcomes: CheckOutcome[] = [];
      let since = clock.now();
      const take = (outcome: CheckOutcome): void => {
        outcomes.push(outcome);
        const now = clock.now();
        onCheck?.({ code: outcome.code, status: outcome.status, ms: now - since });
        since = now;
      };
      const reason = blockedBy(family, context, before);
      if (reason === null) for await (const outcome of runFamily(family, context)) take(outcome);
      else skipFamily(family, reason).forEach(take);
      return outcomes;
    };
    ended.set(family.family, run());
    if (family.ahead !== undefined && family.ahead.after.length > 0) begin(family);
  }
  try {
    return (await Promise.all(ended.values())).flat();
  } finally {
    // Nothing that was begun for a family which is blocked goes on behind the caller's back.
    over.abort();
    await Promise.all(begun);
  }
}

/** Why a family cannot run on this package, or null when it can. */
function blockedBy({ family }: FamilyChecks, context: CheckContext, outcomes: readonly CheckOutcome[]): string | null {
  const blocking = BLOCKING[family];
  if (blocking === undefined) return null;
  if (context.manifest === null) return 'task.json does not follow the schema (STR002)';
  const errors: readonly Finding[] = outcomes.flatMap((o) => o.findings.filter((f) => f.severity === 'error'));
  const found = errors.find((f) => blocking.includes(f.code));
  return found === undefined ? null : `needs what ${found.code} found wrong in ${found.file}`;
}

function resultOf({ code, status, reason }: CheckOutcome): CheckResult {
  return reason === undefined ? { code, status } : { code, status, reason };
}

/**
 * Writes verification/report.json, .sarif, .html and .md into the package; nothing where that folder is a link, which
 * the report itself tells (STR012).
 */
export async function writeReport(folder: string, report: VerificationReport): Promise<void> {
  if ((await obstacle(folder, layout.report)) !== null) return;
  const { manifest } = await readManifest(new PackageFiles(folder));
  const contents = {
    [layout.report]: prettyJson(report),
    [layout.sarif]: prettyJson(sarifOf(report, catalogue)),
    [layout.htmlReport]: htmlReport(report, manifest),
    [layout.markdownReport]: markdownReport(report, manifest),
  };
  for (const [file, content] of Object.entries(contents)) await writeInPackage(folder, file, content);
}
