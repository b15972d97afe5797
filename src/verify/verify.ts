// The verifier: all families of checks over one package, one report bound to its bytes.
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { prettyJson } from '../task/canonical-json.ts';
import { type CheckResult, verdictOf } from '../task/findings.ts';
import { layout } from '../task/layout.ts';
import { noMemory } from './cache/memory.ts';
import { catalogue, inCatalogueOrder } from './catalogue.ts';
import type { CheckContext, CheckOutcome } from './check.ts';
import type { Rung, VerificationReport, VerifyOptions } from './contract.ts';
import { sortFindings } from './engine.ts';
import { familyChecks } from './families.ts';
import { PackageFiles } from './package/files.ts';
import { hashPackageFiles, packageHash } from './package/hash.ts';
import { readManifest } from './package/manifest.ts';
import { obstacle, writeInPackage } from './package/write.ts';
import { recordedOutcomes } from './recorded.ts';
import { htmlReport } from './report/html.ts';
import { markdownReport } from './report/markdown.ts';
import { sarifOf } from './report/sarif.ts';
import { runFamilies } from './run-families.ts';
import { keepCounterexamples } from './runs/counterexamples.ts';
import { applySuppressions, checkSuppressions } from './suppressions.ts';

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
  if (manifest !== null)
    outcomes.push(
      ...(await recordedOutcomes(
        files,
        manifest,
        chosen.map(({ family }) => family),
      )),
    );
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

function resultOf({ code, status, reason }: CheckOutcome): CheckResult {
  return reason === undefined ? { code, status } : { code, status, reason };
}

/**
 * Writes verification/report.json, .sarif, .html and .md into the package; nothing where that folder is a link, which
 * the report itself tells (STR012). `figures` is HTML about the data, for the page.
 */
export async function writeReport(folder: string, report: VerificationReport, figures = ''): Promise<void> {
  if ((await obstacle(folder, layout.report)) !== null) return;
  const { manifest } = await readManifest(new PackageFiles(folder));
  const contents = {
    [layout.report]: prettyJson(report),
    [layout.sarif]: prettyJson(sarifOf(report, catalogue)),
    [layout.htmlReport]: htmlReport(report, manifest, figures),
    [layout.markdownReport]: markdownReport(report, manifest),
  };
  for (const [file, content] of Object.entries(contents)) await writeInPackage(folder, file, content);
}
