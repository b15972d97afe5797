// The verifier on a task that others made: the checks that its layout can answer, the others skipped with the reason.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describeFailure } from '../../runtime/outcome.ts';
import { canonicalJson } from '../../task/canonical-json.ts';
import { cancelled } from '../../task/errors.ts';
import { type CheckResult, type Finding, fileStart, verdictOf } from '../../task/findings.ts';
import type { ForeignTask } from '../../task/foreign.ts';
import { hashFile, sha256 } from '../../task/hashing.ts';
import type { Inputs } from '../cache/inputs.ts';
import { noMemory } from '../cache/memory.ts';
import { measure, measured } from '../cache/remembered.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import type { Family, VerificationReport, VerifyOptions } from '../contract.ts';
import { guarded, sortFindings } from '../engine.ts';
import { familyChecks } from '../families.ts';
import { leakageFamily } from '../leakage/family.ts';
import { metricCatalogue } from '../metric/catalogue.ts';
import { judgeEnd } from '../metric/conduct.ts';
import { PackageFiles } from '../package/files.ts';
import { structureCatalogue } from '../structure/catalogue.ts';
import { foreignCodeChecks, judgeForeignCode } from './code.ts';
import { checkForeignLeaks } from './leakage.ts';
import { declaredDirection, judgeForeign } from './metric.ts';
import { type ForeignTrials, foreignCode, foreignTrials, inForeignTime } from './probe.ts';

const metricChecks: readonly Check[] = Object.values(metricCatalogue);

/** Why the checks of a family that are not judged here do not run. */
const NOT_HERE: Readonly<Partial<Record<Family, string>>> = {
  STR: 'concerns the layout of MLE Forge packages',
  PRE: 'the dataset is built again for MLE Forge packages only',
};
const ELSEWHERE = 'needs the manifest and the data layout of an MLE Forge package';

/**
 * Verifies a foreign task; nothing is written into its folder. The report's hash covers the files that the checks read.
 * @throws ForgeError when cancelled, or when no usable Python environment exists. What is wrong with the task is a finding.
 */
export async function verifyForeign(task: ForeignTask, options: VerifyOptions): Promise<VerificationReport> {
  const { runtime, signal, log, clock, only } = options;
  const memory = options.memory ?? noMemory();
  const files = new PackageFiles(task.folder, memory.hashes);
  const context: CheckContext = {
    folder: task.folder,
    files,
    manifest: null,
    runtime,
    signal,
    log,
    memory,
    ladder: [],
  };
  const wants = (family: Family): boolean => only === undefined || only.includes(family);
  const judged = new Map<string, CheckOutcome>();
  const keep = (outcome: CheckOutcome): unknown => judged.set(outcome.code, outcome);
  const code = await pythonFiles(task);
  let trials: ForeignTrials | null = null;
  for await (const outcome of guarded(foreignCodeChecks, context, () => checkCode(task, code, context))) keep(outcome);
  if (wants('MET')) {
    const run = async (): Promise<CheckOutcome[]> => {
      const found = await tryGrader(task, code, context);
      trials = found.trials;
      return found.outcomes;
    };
    for await (const outcome of guarded(metricChecks, context, run)) keep(outcome);
    keep(directions(task, trials));
  }
  if (wants('LEK')) {
    const leaks = () => checkForeignLeaks(task, context);
    for await (const outcome of guarded(leakageFamily.checks, context, leaks)) keep(outcome);
  }
  let since = clock.now();
  const outcomes = familyChecks
    .filter(({ family }) => wants(family))
    .flatMap(({ family, checks }) =>
      checks.map((check) => judged.get(check.code) ?? skipped(check, NOT_HERE[family] ?? ELSEWHERE)),
    );
  for (const { code: told, status } of outcomes) {
    options.onCheck?.({ code: told, status, ms: clock.now() - since });
    since = clock.now();
  }
  const findings = sortFindings(outcomes.flatMap((outcome) => outcome.findings.map((found) => placed(found, task))));
  return {
    task: task.id,
    verdict: verdictOf(findings),
    package: await hashRead(task, code),
    findings,
    checks: outcomes.map(({ code: told, status, reason }): CheckResult => {
      return reason === undefined ? { code: told, status } : { code: told, status, reason };
    }),
    ladder: [],
  };
}

async function checkCode(task: ForeignTask, code: readonly string[], context: CheckContext): Promise<CheckOutcome[]> {
  const { files } = await measured(context, foreignCode(task, code), { files: code });
  const findings = await judgeForeignCode(task, files, context.files);
  return foreignCodeChecks.map((check) => {
    if (check.family === 'PRE' && task.prepare === null) return skipped(check, 'there is no prepare.py');
    return concluded(
      check,
      findings.filter((finding) => finding.code === check.code),
    );
  });
}

async function tryGrader(
  task: ForeignTask,
  code: readonly string[],
  context: CheckContext,
): Promise<{ trials: ForeignTrials | null; outcomes: CheckOutcome[] }> {
  const outcome = await measure(context, foreignTrials(task), readByTrials(task, code), inForeignTime);
  if (outcome.kind === 'cancelled') throw cancelled();
  if (outcome.kind === 'raised') throw new Error(describeFailure(outcome));
  const trials = outcome.kind === 'done' ? outcome.value : null;
  const ended = outcome.kind === 'done' ? null : judgeEnd(outcome);
  const judgement =
    trials === null
      ? { faults: ended === null ? [] : [ended], skipped: new Map<Check, string>() }
      : judgeForeign(trials, task);
  const place = async ({ check, message, evidence, severity, line }: (typeof judgement.faults)[number]) => {
    const name = task.interface.kind === 'class' ? 'evaluate' : task.interface.name;
    const range =
      line === null
        ? await context.files.find(task.grader, new RegExp(`def ${name}\\b.*`))
        : await context.files.line(task.grader, line);
    const from =
      trials?.origin === 'made up' ? { answers: `made up: ${trials.kind}, ${trials.columns.join(', ')}` } : {};
    const details = { message, evidence: { ...evidence, ...from }, file: task.grader, range };
    return findingOf(check, severity === undefined ? details : { ...details, severity });
  };
  const outcomes = await Promise.all(
    metricChecks.map(async (check) => {
      const faults = judgement.faults.filter((fault) => fault.check === check);
      const reason = judgement.skipped.get(check);
      if (faults.length === 0 && reason !== undefined) return skipped(check, reason);
      if (faults.length === 0 && trials === null) return skipped(check, 'the grader ended the trials (MET018)');
      return concluded(check, await Promise.all(faults.map(place)));
    }),
  );
  return { trials, outcomes };
}

/** What the trials read; undefined when a data file lies outside the folder, and nothing is remembered then. */
function readByTrials(task: ForeignTask, code: readonly string[]): Inputs | undefined {
  const data = [task.data.answers, task.data.sample].filter((file) => file !== null);
  const relative = data.map((file) => path.relative(task.folder, file).split(path.sep).join('/'));
  if (relative.some((file) => file.startsWith('..') || path.isAbsolute(file))) return undefined;
  return { files: [...code, ...(task.description === null ? [] : [task.description]), ...relative] };
}

/** STR020: everything that says which score is better must say the same. */
function directions(task: ForeignTask, trials: ForeignTrials | null): CheckOutcome {
  const check = structureCatalogue.metric;
  const declared = trials === null ? null : declaredDirection(trials, task);
  if (declared === null || task.boards.length === 0) return skipped(check, 'no two places say which score is better');
  const against = task.boards.filter((board) => board.direction !== declared.direction);
  return concluded(
    check,
    against.map(({ file, best, last, direction }) => {
      const message = `${declared.by} says "${declared.direction}", but ${file} ranks ${best} first and ${last} last ("${direction}").`;
      return findingOf(check, { message, file, evidence: { declared: declared.direction, best, last } });
    }),
  );
}

/** The grader, its neighbours and the preparation, at most fifty. */
async function pythonFiles({ folder, grader, prepare }: ForeignTask): Promise<string[]> {
  const beside = path.posix.dirname(grader);
  const entries = await readdir(path.join(folder, beside), { withFileTypes: true });
  const near = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.py')).map(({ name }) => name);
  const all = new Set([
    ...near.map((name) => (beside === '.' ? name : `${beside}/${name}`)),
    ...(prepare ? [prepare] : []),
  ]);
  return [...all].sort().slice(0, 50);
}

/** A check that could not be carried out points to the manifest of a package; here to the grader. */
function placed(finding: Finding, task: ForeignTask): Finding {
  return finding.file === 'task.json' ? { ...finding, file: task.grader, range: fileStart } : finding;
}

async function hashRead(task: ForeignTask, code: readonly string[]): Promise<string> {
  const own = [
    ...code,
    ...(task.description === null ? [] : [task.description]),
    ...task.boards.map(({ file }) => file),
  ];
  const hashes: Record<string, string> = {};
  for (const file of own) hashes[file] = await hashFile(path.join(task.folder, file));
  for (const [name, file] of Object.entries(task.data)) if (file !== null) hashes[name] = await hashFile(file);
  return sha256(canonicalJson({ files: hashes, helpers: { ...task.helpers } }));
}
