// PRE001 to PRE005: the package built again from its raw dataset, elsewhere and in another interpreter.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeFailure } from '../runtime/outcome.ts';
import type { JobOutcome } from '../runtime/port.ts';
import { cancelled } from '../task/errors.ts';
import type { Finding, Range } from '../task/findings.ts';
import { layout } from '../task/layout.ts';
import type { TaskSpec } from '../task/spec.ts';
import { preparationCatalogue as checks } from './catalogue-preparation.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from './check.ts';
import { fingerprint } from './dataset-fingerprint.ts';
import { maskPaths } from './masked-paths.ts';
import { hashPackageFiles } from './package-hash.ts';
import { type Prepared, runPrepare } from './prepare-run.ts';

/** Another hash seed and another start of the generators than the pipeline's own build (0). */
const OTHER_SEED = 4242;
/** Files of the data folders that prepare.py does not write. */
const NOT_PREPARED: readonly string[] = [layout.publicDescription, layout.leaderboard];
const PREPARED = /^(public\/(train|test|sample_submission)\.csv|public\/media\/[^/]+|private\/test_answer\.csv)$/;
// A difference in a larger file is told without its line.
const MAX_COMPARED_BYTES = 50_000_000;
const MAX_FINDINGS = 10;

/** The checks in this file, in order. */
export const rebuildChecks: readonly Check[] = [
  checks.runs,
  checks.reproducible,
  checks.idempotent,
  checks.confined,
  checks.rawUntouched,
  checks.drops,
];

/** Builds the task twice into a scratch folder and compares. */
export async function checkRebuild(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const { dataset } = context;
  if (dataset === undefined) return rebuildChecks.map((check) => skipped(check, 'no raw dataset was given'));
  const out = await mkdtemp(path.join(tmpdir(), 'mle-forge-rebuild-'));
  try {
    const before = await fingerprint(dataset);
    const request = { script: path.join(context.folder, layout.prepare), dataset, out };
    const outcome = await runPrepare(
      context.runtime,
      { ...request, twice: true, entropy: OTHER_SEED, coldHashSeed: OTHER_SEED },
      context.signal,
    );
    if (outcome.kind === 'cancelled') throw cancelled();
    const touched = (await fingerprint(dataset)) !== before;
    const place = await context.files.find(layout.prepare, /^def prepare\b.*$/m);
    if (outcome.kind !== 'done')
      return await stopped(context, outcome, touched, place, { raw: dataset, out, script: request.script });
    const prepared = outcome.value;
    return [
      concluded(checks.runs, []),
      concluded(checks.reproducible, await compareWithPackage(context, prepared, out, place)),
      concluded(checks.idempotent, compareRuns(prepared, place)),
      concluded(checks.confined, strays(prepared, place)),
      concluded(checks.rawUntouched, touched ? [wroteRaw('The raw dataset has changed during the build.', place)] : []),
      concluded(checks.drops, dropsDiffer(manifest, prepared, place)),
    ];
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** prepare.py stopped: where, and whether it was refused a write to the raw dataset. */
async function stopped(
  context: CheckContext,
  outcome: Exclude<JobOutcome<Prepared>, { kind: 'done' | 'cancelled' }>,
  touched: boolean,
  place: Range,
  mounts: Readonly<Record<string, string>>,
): Promise<CheckOutcome[]> {
  const frame =
    outcome.kind === 'raised' ? outcome.error.frames.findLast(({ file }) => /^script\b/.test(file)) : undefined;
  const range = frame === undefined ? place : await context.files.line(layout.prepare, frame.line);
  const why = maskPaths(describeFailure(outcome).replace(/ \([^()]*:\d+\)$/, ''), mounts);
  context.log.write('debug', `prepare.py: ${outcome.log}`);
  const message = `prepare.py does not build the task: ${why}.`.replace(/\.\.$/, '.');
  const evidence = { outcome: outcome.kind };
  const refused = outcome.kind === 'raised' && /Read-only file system|Permission denied/.test(outcome.error.message);
  const rest = [checks.reproducible, checks.idempotent, checks.confined, checks.drops];
  return [
    concluded(checks.runs, [findingOf(checks.runs, { message, file: layout.prepare, range, evidence })]),
    ...rest.map((check) => skipped(check, 'prepare.py does not run')),
    concluded(
      checks.rawUntouched,
      touched || refused ? [wroteRaw(`prepare.py writes where it may only read: ${why}.`, range)] : [],
    ),
  ];
}

function wroteRaw(message: string, range: Range): Finding {
  return findingOf(checks.rawUntouched, { message, file: layout.prepare, range });
}

/** What prepare.py prints about dropped rows must be what the manifest declares. */
function dropsDiffer({ rows }: TaskSpec, { dropped }: Prepared, range: Range): Finding[] {
  const sum = (drops: readonly { count: number }[]) => drops.reduce((total, { count }) => total + count, 0);
  const [declared, printed] = [sum(rows.dropped), sum(dropped)];
  if (declared === printed) return [];
  const message = `prepare.py reports ${printed} dropped rows; the manifest declares ${declared}.`;
  return [findingOf(checks.drops, { message, file: layout.prepare, range, evidence: { declared, printed } })];
}

async function compareWithPackage(
  context: CheckContext,
  { files }: Prepared,
  out: string,
  range: Range,
): Promise<Finding[]> {
  const packaged = new Map<string, string>();
  for (const [file, hash] of await hashPackageFiles(context.files)) {
    if (file.startsWith('data/') && !NOT_PREPARED.includes(file)) packaged.set(file.slice('data/'.length), hash);
  }
  const built = new Map(files.map(({ path: name, sha256 }) => [name, sha256]));
  const differences: { name: string; what: string }[] = [];
  for (const [name, hash] of packaged) {
    if (!built.has(name)) differences.push({ name, what: 'is in the package, but was not built' });
    else if (built.get(name) !== hash) differences.push({ name, what: 'is built with other bytes' });
  }
  for (const name of built.keys()) {
    if (!packaged.has(name) && !NOT_PREPARED.includes(`data/${name}`)) {
      differences.push({ name, what: 'was built, but is not in the package' });
    }
  }
  return Promise.all(
    differences.slice(0, MAX_FINDINGS).map(async ({ name, what }) => {
      const file = `data/${name}`;
      const line = await firstDifference(path.join(context.folder, file), path.join(out, name));
      const message = `${file} ${what}${line === null ? '' : `, the first difference is in line ${line}`}.`;
      const evidence = { file, line, differences: differences.length };
      const related =
        line === null ? [] : [{ file, range: await context.files.line(file, line), message: 'Differs here.' }];
      return findingOf(checks.reproducible, { message, file: layout.prepare, range, evidence, related });
    }),
  );
}

/** One-based line of the first difference of two text files; null when either is absent or too large to compare. */
async function firstDifference(left: string, right: string): Promise<number | null> {
  try {
    const [a, b] = await Promise.all([stat(left), stat(right)]);
    if (Math.max(a.size, b.size) > MAX_COMPARED_BYTES || !left.endsWith('.csv')) return null;
    const [one, other] = (await Promise.all([readFile(left, 'utf8'), readFile(right, 'utf8')])).map((t) =>
      t.split('\n'),
    );
    const index = (one ?? []).findIndex((line, at) => line !== other?.[at]);
    return index < 0 ? (one?.length ?? 0) + 1 : index + 1;
  } catch {
    return null; // one of the two is absent, which the finding says already
  }
}

function compareRuns({ files, again }: Prepared, range: Range): Finding[] {
  const first = new Map(files.map(({ path: name, sha256 }) => [name, sha256]));
  const changed = (again ?? [])
    .filter(({ path: name, sha256 }) => first.get(name) !== sha256)
    .map(({ path: name }) => name);
  const gone = files.map(({ path: name }) => name).filter((name) => !again?.some((entry) => entry.path === name));
  const all = [...changed, ...gone].sort();
  if (all.length === 0) return [];
  const message = `A second run over the first one's output changes ${all.slice(0, 5).join(', ')}.`;
  return [findingOf(checks.idempotent, { message, file: layout.prepare, range, evidence: { files: all } })];
}

function strays({ files }: Prepared, range: Range): Finding[] {
  return files
    .filter(({ path: name, kind }) => kind !== 'file' || !PREPARED.test(name))
    .slice(0, MAX_FINDINGS)
    .map(({ path: name, kind }) =>
      findingOf(checks.confined, {
        message: `prepare.py writes ${name}, ${kind === 'file' ? 'which is no file of a task' : `a ${kind}, no regular file`}.`,
        file: layout.prepare,
        range,
        evidence: { file: name, kind },
      }),
    );
}
