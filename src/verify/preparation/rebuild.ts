// PRE001 to PRE005: the package built again from its raw dataset, elsewhere and in another interpreter.
import { describeFailure } from '../../runtime/outcome.ts';
import type { Finding, Range } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { maskPaths } from '../runs/masked-paths.ts';
import type { Prepared } from '../runs/prepare.ts';
import { type Rebuilt, rebuild, type Unbuilt } from './build.ts';
import { preparationCatalogue as checks } from './catalogue.ts';

const PREPARED = /^(public\/(train|test|sample_submission)\.csv|public\/media\/[^/]+|private\/test_answer\.csv)$/;
const MAX_FINDINGS = 10;
const HOW: Readonly<Record<Rebuilt['differences'][number]['how'], string>> = {
  'not built': 'is in the package, but was not built',
  'not packaged': 'was built, but is not in the package',
  'other bytes': 'is built with other bytes',
};

/** The checks in this file, in order. */
export const rebuildChecks: readonly Check[] = [
  checks.runs,
  checks.reproducible,
  checks.idempotent,
  checks.confined,
  checks.rawUntouched,
  checks.drops,
];

/** Builds the task again and judges what came of it. */
export async function checkRebuild(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const { dataset } = context;
  if (dataset === undefined) return rebuildChecks.map((check) => skipped(check, 'no raw dataset was given'));
  const place = await context.files.find(layout.prepare, /^def prepare\b.*$/m);
  const result = await rebuild(context, dataset);
  if (result.kind === 'unbuilt') return stopped(context, result.unbuilt, place);
  const { prepared, touched } = result.built;
  return [
    concluded(checks.runs, []),
    concluded(checks.reproducible, await differences(context, result.built, place)),
    concluded(checks.idempotent, compareRuns(prepared, place)),
    concluded(checks.confined, strays(prepared, place)),
    concluded(checks.rawUntouched, await changes(context, prepared, touched, place)),
    concluded(checks.drops, dropsDiffer(manifest, prepared, place)),
  ];
}

/** prepare.py stopped: where, and whether it was refused a write to the raw dataset. */
async function stopped(
  context: CheckContext,
  { outcome, touched, mounts }: Unbuilt,
  place: Range,
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

/** What changed the raw dataset, or would have without the sandbox. */
async function changes(
  context: CheckContext,
  { attempts }: Prepared,
  touched: boolean,
  place: Range,
): Promise<Finding[]> {
  if (attempts.length === 0) {
    return touched ? [wroteRaw('The raw dataset has changed during the build.', place)] : [];
  }
  return Promise.all(
    attempts.map(async ({ operation, file, line }) => {
      const range = line === null ? place : await context.files.line(layout.prepare, line);
      const what = file === '.' ? 'the raw dataset' : `"${file}" in the raw dataset`;
      const message = touched
        ? `prepare.py changes ${what} (${operation}).`
        : `prepare.py would change ${what} (${operation}); the sandbox refused it.`;
      return wroteRaw(message, range);
    }),
  );
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

function differences(context: CheckContext, { differences: found, count }: Rebuilt, range: Range): Promise<Finding[]> {
  return Promise.all(
    found.map(async ({ name, how, line }) => {
      const file = `data/${name}`;
      const message = `${file} ${HOW[how]}${line === null ? '' : `, the first difference is in line ${line}`}.`;
      const evidence = { file, line, differences: count };
      const related =
        line === null ? [] : [{ file, range: await context.files.line(file, line), message: 'Differs here.' }];
      return findingOf(checks.reproducible, { message, file: layout.prepare, range, evidence, related });
    }),
  );
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
