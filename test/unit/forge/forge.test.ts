import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { Refactor, Reviewer, Solver } from '../../../src/agents/contracts.ts';
import type { PythonRuntime } from '../../../src/runtime/port.ts';
import { ForgeError } from '../../../src/task/errors.ts';
import { hashTree } from '../../../src/task/hashing.ts';
import { readTask } from '../../../src/task/package.ts';
import { anError } from '../../support/drafts.ts';
import { eventsOf, scripted } from '../../support/scripted-forge.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a published package is complete: rows, hashes, difficulty, leaderboard, README, report', async (t) => {
  const run = await scripted(await tempFolder(t), { formulations: ['a-task'] });
  await eventsOf(run);
  const folder = path.join(run.request.out, 'a-task');
  const spec = await readTask(folder);
  assert.deepEqual(spec.rows, { raw: 13, train: 8, test: 4, dropped: [{ count: 1, reason: 'the target is missing' }] });
  assert.deepEqual(spec.difficulty, { trivial: 0.5, simple: null, strong: 0.9, headroom: 0.2 });
  assert.ok('data/private/leaderboard.csv' in spec.hashes);
  assert.ok(!('task.json' in spec.hashes) && !Object.keys(spec.hashes).some((file) => file.startsWith('runs/')));
  const leaderboard = await readFile(path.join(folder, 'data/private/leaderboard.csv'), 'utf8');
  assert.equal(leaderboard, 'rank,name,kind,score\n1,strong,baseline,0.9\n2,constant,baseline,0.5\n');
  assert.equal(await readFile(path.join(folder, 'description.md'), 'utf8'), '# A task\n');
  assert.equal(await readFile(path.join(folder, 'data/public/description.md'), 'utf8'), '# A task\n');
  for (const file of ['README.md', 'verification/report.json', 'verification/report.sarif', 'runs/strong/log.txt']) {
    assert.ok(existsSync(path.join(folder, file)), file);
  }
});

test('two forges of one dataset give the same bytes, wherever they run and whatever the time', async (t) => {
  const hashes = new Set<string>();
  for (const now of [1, 1_800_000_000_000]) {
    const run = await scripted(await tempFolder(t), { formulations: ['a-task'] });
    await eventsOf({ request: run.request, deps: { ...run.deps, clock: { now: () => now } } });
    hashes.add(await hashTree(path.join(run.request.out, 'a-task')));
  }
  assert.equal(hashes.size, 1);
});

test('a second forge into the same folder keeps unchanged tasks and goes beside edited ones', async (t) => {
  const root = await tempFolder(t);
  const script = { formulations: ['edited', 'unchanged'] };
  await eventsOf(await scripted(root, script));
  await writeFile(path.join(root, 'out', 'edited', 'metric.py'), '# by hand\n');
  const events = await eventsOf(await scripted(root, script));
  const paths = events.flatMap((event) => (event.type === 'accepted' ? [path.basename(event.path)] : []));
  assert.deepEqual(paths, ['edited-2', 'unchanged']);
  assert.equal((await readTask(path.join(root, 'out', 'edited-2'))).id, 'edited-2');
  assert.equal(await readFile(path.join(root, 'out', 'edited', 'metric.py'), 'utf8'), '# by hand\n');
  const notes = events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
  assert.ok(notes.some((note) => note.includes('unchanged')));
});

test('rejected packages vanish, or are kept in the run when that is asked for', async (t) => {
  for (const keepRejected of [false, true]) {
    const root = await tempFolder(t);
    const findings = { bad: { STR: [[anError('STR005', 'No evaluate.')]] } };
    const run = await scripted(root, { formulations: ['bad'], findings });
    await eventsOf({ deps: run.deps, request: { ...run.request, keepRejected } });
    const [id] = await readdir(path.join(root, 'out/.mle-forge/runs'));
    const kept = path.join(root, 'out/.mle-forge/runs', id ?? '', 'rejected', 'bad', 'prepare.py');
    assert.equal(existsSync(kept), keepRejected);
    assert.equal(existsSync(path.join(root, 'out', 'bad')), false);
  }
});

test('bad input leaves nothing behind, not even the folder for the output', async (t) => {
  const root = await tempFolder(t);
  const run = await scripted(root, { formulations: [] });
  const profileDataset = async (): Promise<never> => {
    throw new ForgeError('DATASET_NOTHING', 'Nothing can be read.', 'Give data.');
  };
  const deps = { ...run.deps, tools: { ...run.deps.tools, profileDataset } };
  await assert.rejects(eventsOf({ request: run.request, deps: deps as typeof run.deps }), { code: 'DATASET_NOTHING' });
  assert.deepEqual(await readdir(root), ['data']);
});

test('an agent cannot write outside the package, or into its data', async (t) => {
  for (const file of [
    '../outside.py',
    '/tmp/outside.py',
    'data/private/test_answer.csv',
    'baselines/../../x.py',
    'task.json',
  ]) {
    const root = await tempFolder(t);
    const run = await scripted(root, { formulations: ['a-task'] });
    const agents = run.deps.agents;
    assert.ok(agents !== undefined);
    const refactor = async () => ({ files: { [file]: 'x' }, changes: [] });
    const deps = { ...run.deps, agents: { ...agents, refactor } };
    const events = await eventsOf({ request: run.request, deps });
    const rejected = events.find((event) => event.type === 'rejected');
    assert.equal(rejected?.code, 'FILE_NOT_ALLOWED', file);
    assert.equal(existsSync(path.join(root, 'out', 'a-task')), false);
  }
});

test('a fault of the program spoils one candidate and not the run', async (t) => {
  const before = (work: string): void => {
    if (work === 'refactor broken') throw new TypeError('x is undefined');
  };
  const events = await eventsOf(await scripted(await tempFolder(t), { formulations: ['broken', 'good'], before }));
  const rejected = events.find((event) => event.type === 'rejected');
  assert.deepEqual([rejected?.stage, rejected?.code], ['refactor', 'PROGRAM_FAULT']);
  assert.deepEqual(events.at(-1), { type: 'run-ended', outcome: 'done', accepted: 1, rejected: 1 });
});

test('cancelling ends the stream with an event, keeps the journal and publishes nothing half', async (t) => {
  const root = await tempFolder(t);
  const abort = new AbortController();
  const before = (work: string): void => {
    if (work.startsWith('verify a-task EXE')) abort.abort();
  };
  const run = await scripted(root, { formulations: ['a-task'], before }, abort);
  const events = await eventsOf(run);
  assert.deepEqual(events.at(-1), { type: 'run-ended', outcome: 'cancelled', accepted: 0, rejected: 0 });
  assert.deepEqual(await readdir(path.join(root, 'out')), ['.mle-forge']);
});

test('what fails after the Refactor alone is taken back, and the Designer is not bothered', async (t) => {
  const broken = anError('STR006', 'The error class is gone.');
  const root = await tempFolder(t);
  const run = await scripted(root, { formulations: ['first'] });
  const { agents, tools } = run.deps;
  assert.ok(agents !== undefined && tools !== undefined);
  const refactor: Refactor = async (input, context) => {
    const { files, changes } = await agents.refactor(input, context);
    return { files: { ...files, 'metric.py': '# REWRITTEN\n' }, changes };
  };
  const verify: typeof tools.verify = async (folder, options) => {
    const report = await tools.verify(folder, options);
    const text = await readFile(path.join(folder, 'metric.py'), 'utf8');
    return text.includes('REWRITTEN') && options.only?.includes('STR') ? { ...report, findings: [broken] } : report;
  };
  const runtime = { ...run.deps.runtime, run: equalScores(run.deps.runtime) };
  const deps = { ...run.deps, runtime, agents: { ...agents, refactor }, tools: { ...tools, verify } };
  const events = await eventsOf({ ...run, deps });
  const repair = events.find((event) => event.type === 'repair');
  assert.match(
    repair?.type === 'repair' ? repair.changes.join() : '',
    /taken back what the Refactor wrote: .*metric.py/,
  );
  assert.ok(events.some((event) => event.type === 'accepted'));
  assert.equal(run.done.filter((work) => work.startsWith('design ')).length, 1);
});

/** Both graders score alike: the rewrite is kept by the proof of equal scores. */
function equalScores(runtime: PythonRuntime): PythonRuntime['run'] {
  return async (job, signal) => {
    if (job.name !== 'execute.fixed_scores') return runtime.run(job, signal);
    const usage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };
    return { kind: 'done', value: job.result.parse({ sample: 0.5 }), log: '', usage };
  };
}

test('judge and solver hear the packages that have passed every gate, and no other', async (t) => {
  const script = {
    formulations: ['broken', 'good'],
    findings: { broken: { PRE: [[anError('PRE001', 'It fails.')]] } },
  };
  const run = await scripted(await tempFolder(t), script);
  const { agents } = run.deps;
  assert.ok(agents !== undefined);
  const heard: string[] = [];
  const reviewer: Reviewer = async ({ task }) => {
    heard.push(`judge ${task}`);
    return { silent: [] };
  };
  const solver: Solver = async ({ task }) => {
    heard.push(`solver ${task}`);
    return 'it scored 0.5';
  };
  const deps = { ...run.deps, agents: { ...agents, reviewer, solver } };
  const events = await eventsOf({ ...run, deps });
  assert.deepEqual(heard, ['judge good', 'solver good']);
  const stages = events.flatMap((event) =>
    event.type === 'stage-ended' && event.task === 'good' ? [event.stage] : [],
  );
  assert.deepEqual(stages.slice(-4), ['execute', 'judge', 'solve', 'publish']);
});
