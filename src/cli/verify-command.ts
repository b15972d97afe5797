// mle-forge verify: the checks on one or more tasks.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { verifyFolder } from '../forge/verify-folder.ts';
import { prettyJson } from '../task/canonical-json.ts';
import { ForgeError } from '../task/errors.ts';
import { userCacheFolder } from '../verify/cache/disk-cache.ts';
import { createMemory, type Memory, noMemory } from '../verify/cache/memory.ts';
import { catalogue } from '../verify/catalogue.ts';
import { type Family, families, type VerificationReport } from '../verify/contract.ts';
import { PackageFiles } from '../verify/package/files.ts';
import { readManifest } from '../verify/package/manifest.ts';
import { htmlReport } from '../verify/report/html.ts';
import { junitOf } from '../verify/report/junit.ts';
import { markdownReport } from '../verify/report/markdown.ts';
import { sarifOfAll } from '../verify/report/sarif.ts';
import { writeReport } from '../verify/verify.ts';
import { type Arguments, nearest, usage } from './arguments.ts';
import { type Command, exit, pythonOptions, type Services } from './command.ts';
import { type Room, seatOptions } from './model-seat.ts';
import { reportFigures } from './report-figures.ts';
import { sayReport } from './report-text.ts';
import { judged, reviewRoom } from './verify-review.ts';
import { watchTask } from './verify-watch.ts';

const formats = ['text', 'json', 'sarif', 'junit', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

export const verifyCommand: Command = {
  name: 'verify',
  operands: 'TASK...',
  summary: 'check tasks: structure, preparation, leaks, metric, execution',
  details: [
    'A task is a package of MLE Forge, a competition folder of mle-bench or MLE-Dojo (code with or without data), or a',
    'folder with a grader and answers. What its layout does not allow to check is skipped, with the reason.',
    'Refreshes verification/ in each task unless --no-write or --only is given.',
    'Exit status 1 when a task has errors. docs/checks.md explains every code.',
  ],
  options: {
    only: { type: 'string', value: 'FAMILY,...', help: `families of checks: ${families.join(', ')}` },
    format: { type: 'string', value: 'FORMAT', help: `${formats.join(' | ')} (default: text)` },
    dataset: {
      type: 'string',
      value: 'DIR',
      help: 'the raw dataset, to build the task again from it (default: as remembered)',
    },
    'no-write': { type: 'boolean', help: 'leave verification/ in the task as it is' },
    'no-cache': { type: 'boolean', help: 'measure everything anew, and remember nothing' },
    watch: { type: 'boolean', help: 'verify again after each save, and tell what has changed; Ctrl+C ends it' },
    review: {
      type: 'string',
      value: 'MODEL,...',
      help: 'let models judge the texts of the task as well; several vote. Costs money where the models do',
    },
    ...seatOptions,
    ...pythonOptions,
  },
  run: runVerify,
};

interface Verified {
  readonly given: string;
  readonly report: VerificationReport;
  /** Milliseconds by code. */
  readonly ms: ReadonlyMap<string, number>;
}

async function runVerify(args: Arguments, services: Services): Promise<number> {
  if (args.positionals.length === 0) throw usage('verify needs a task.', 'Write: mle-forge verify TASK...');
  const format = formatOf(args, services.terminal.json);
  const only = args.list('only')?.map(familyNamed);
  for (const given of args.positionals) await requireFolder(path.resolve(services.io.cwd, given));
  const memory = args.flag('no-cache') ? noMemory() : createMemory(userCacheFolder(services.io.env));
  const room = await reviewRoom(args, services);
  if (args.flag('watch')) return watch(args, format, only, memory, services);
  const all: Verified[] = [];
  for (const given of args.positionals) {
    const verified = await verifyOne(given, args, only, memory, services, room);
    all.push(verified);
    await show(verified, format, args.positionals.length > 1, memory, services);
  }
  const reports = all.map(({ report }) => report);
  if (format === 'sarif') {
    const folders = all.map(({ given }) => repositoryPath(given, services.io.cwd));
    services.terminal.raw(prettyJson(sarifOfAll(reports, catalogue, folders)));
  }
  if (format === 'junit') services.terminal.raw(junitOf(reports));
  return reports.every((report) => report.verdict === 'accepted') ? exit.good : exit.found;
}

/** Watches one task; ends by cancellation alone. */
function watch(
  args: Arguments,
  format: Format,
  only: readonly Family[] | undefined,
  memory: Memory,
  services: Services,
): Promise<never> {
  const [given, ...others] = args.positionals;
  if (given === undefined || others.length > 0)
    throw usage('--watch takes one task.', 'Write: mle-forge verify TASK --watch');
  if (format !== 'text' && format !== 'json') throw usage(`--watch has no format ${format}.`, 'Choose text or json.');
  const folder = path.resolve(services.io.cwd, given);
  const round = async () => {
    await requireFolder(folder);
    return (await verifyOne(given, args, only, memory, services)).report;
  };
  return watchTask(folder, round, services);
}

async function verifyOne(
  given: string,
  args: Arguments,
  only: readonly Family[] | undefined,
  memory: Memory,
  services: Services,
  room: Room | null = null,
): Promise<Verified> {
  const { terminal, clock, log, signal, io } = services;
  const folder = path.resolve(io.cwd, given);
  const dataset = args.text('dataset');
  const ms = new Map<string, number>();
  const measured = await verifyFolder(folder, {
    runtime: await services.runtime(),
    log,
    clock,
    signal,
    memory,
    write: !args.flag('no-write'),
    ...(dataset === undefined ? {} : { dataset: path.resolve(io.cwd, dataset) }),
    ...(only === undefined ? {} : { only }),
    onCheck: (check) => {
      ms.set(check.code, check.ms);
      terminal.status(`${path.basename(folder)}: ${check.code} ${check.status}`);
    },
  });
  terminal.status('');
  if (room === null) return { given, report: measured, ms };
  const report = await judged(folder, measured, room, services);
  if (only === undefined && report !== measured) await writeReport(folder, report);
  return { given, report, ms };
}

async function show(
  { given, report, ms }: Verified,
  format: Format,
  several: boolean,
  memory: Memory,
  services: Services,
): Promise<void> {
  const { terminal, io } = services;
  if (format === 'markdown' || format === 'html') {
    const folder = path.resolve(io.cwd, given);
    const { manifest } = await readManifest(new PackageFiles(folder));
    const drawn = format === 'html' && manifest !== null ? await reportFigures(folder, manifest, memory, services) : '';
    terminal.raw(format === 'html' ? htmlReport(report, manifest, drawn) : markdownReport(report, manifest));
  }
  if (format === 'text') sayReport(report, given.replace(/\/+$/, ''), terminal);
  if (format !== 'json') return;
  const checks = report.checks.map((check) => ({ ...check, ms: Math.round(ms.get(check.code) ?? 0) }));
  const document = { ...report, checks };
  terminal.raw(`${several ? JSON.stringify(document) : JSON.stringify(document, null, 2)}\n`);
}

/** Where a task lies below the current folder, which a code host takes for the root of the repository. */
function repositoryPath(given: string, cwd: string): string | undefined {
  const relative = path.relative(cwd, path.resolve(cwd, given)).split(path.sep).join('/');
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? undefined : relative;
}

function formatOf(args: Arguments, json: boolean): Format {
  const given = args.text('format') ?? (json ? 'json' : 'text');
  const format = formats.find((known) => known === given);
  if (format === undefined)
    throw usage(`Unknown format ${JSON.stringify(given)}.`, `Choose from ${formats.join(', ')}.`);
  return format;
}

function familyNamed(given: string): Family {
  const family = families.find((known) => known === given.toUpperCase());
  if (family !== undefined) return family;
  const near = nearest(given.toUpperCase(), families);
  throw usage(
    `There is no family of checks ${JSON.stringify(given)}.`,
    near === null ? `Choose from ${families.join(', ')}.` : `Did you mean ${near}?`,
  );
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return;
  const problem = found === null ? 'does not exist' : 'is no folder';
  throw new ForgeError(
    'TASK_MISSING',
    `${folder} ${problem}.`,
    'Give the folder of a task, for instance the one that holds task.json.',
  );
}
