// Every command on one forged task, as a person or a script would use it.
import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { hashTree } from '../../src/task/hashing.ts';
import { mleForge, type Outcome } from '../support/command-line.ts';
import { plotsTable } from '../support/tables.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

let root = '';
let task = '';
let forged: Outcome = { status: null, stdout: '', stderr: '' };

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mle-forge-commands-'));
  await writeFiles(path.join(root, 'field plots'), { 'plots.csv': plotsTable(400) });
  forged = await run('forge', 'field plots', '--out', 'out', '--max-tasks', '1', '--json');
  task = JSON.parse(forged.stdout || '{"tasks": []}').tasks[0]?.path ?? '';
  assert.notEqual(task, '', forged.stderr);
});
after(() => rm(root, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Outcome> => mleForge(args, { cwd: root });

test('forge --json ends with one document, and nothing else is on standard output', () => {
  const summary = JSON.parse(forged.stdout);
  assert.deepEqual(Object.keys(summary), ['run', 'dataset', 'tasks', 'rejected', 'refused', 'cost', 'seconds']);
  const [first] = summary.tasks;
  assert.deepEqual(Object.keys(first), [
    'id',
    'path',
    'verdict',
    'objective',
    'modality',
    'metric',
    'findings',
    'baselines',
    'seconds',
  ]);
  assert.equal(first.findings.error, 0);
  assert.equal(typeof first.baselines.strong, 'number');
  assert.equal(forged.status, summary.rejected.length === 0 ? 0 : 1);
  assert.match(forged.stderr, /profile {2}ok/);
});

test('the page that a package carries shows its data, and a verification draws them again', async (t) => {
  const figures = async (folder: string): Promise<string[]> => {
    const page = await readFile(path.join(folder, 'verification', 'report.html'), 'utf8');
    return [...page.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, title]) => title ?? '');
  };
  const shown = await figures(task);
  assert.match(shown[0] ?? '', /^Target: /);
  assert.ok(shown.includes('Missing values'), shown.join(', '));
  const copy = path.join(await tempFolder(t), path.basename(task));
  await cp(task, copy, { recursive: true });
  await rm(path.join(copy, 'verification'), { recursive: true });
  await run('verify', copy);
  assert.deepEqual(await figures(copy), shown);
});

test('a second forge elsewhere gives the same bytes; one into the same folder changes nothing', async (t) => {
  const elsewhere = await tempFolder(t);
  await cp(path.join(root, 'field plots'), path.join(elsewhere, 'deep', 'field plots'), { recursive: true });
  const other = await mleForge(['forge', 'deep/field plots', '--max-tasks', '1', '--quiet'], { cwd: elsewhere });
  assert.equal(other.status, forged.status, other.stderr);
  assert.equal(other.stderr, '');
  const copy = path.join(elsewhere, 'mle-forge-tasks', path.basename(task));
  assert.equal(await hashTree(copy), await hashTree(task));

  const again = await mleForge(['forge', 'deep/field plots', '--max-tasks', '1'], { cwd: elsewhere });
  assert.match(again.stderr, /unchanged/);
});

test('verify agrees with the forge, writes the same report, and finds what someone changes', async (t) => {
  const copy = path.join(await tempFolder(t), 'out', path.basename(task));
  await cp(task, copy, { recursive: true });
  const report = await readFile(path.join(copy, 'verification', 'report.json'), 'utf8');
  const good = await run('verify', copy, '--json', '--dataset', 'field plots');
  assert.equal(good.status, 0, good.stderr);
  const document = JSON.parse(good.stdout);
  assert.deepEqual([document.task, document.verdict], [path.basename(task), 'accepted']);
  assert.ok(
    document.checks.every((check: { code: string; status: string; ms: number }) => typeof check.ms === 'number'),
  );
  assert.equal(await readFile(path.join(copy, 'verification', 'report.json'), 'utf8'), report);

  await appendFile(path.join(copy, 'data', 'public', 'train.csv'), 'one more row\n');
  const bad = await run('verify', copy, '--only', 'STR', '--format', 'text');
  assert.equal(bad.status, 1, bad.stderr);
  assert.match(bad.stdout, /rejected/);
  assert.match(bad.stdout, /train\.csv:\d+:\d+ {2}error STR\d{3}/);
  assert.equal(await readFile(path.join(copy, 'verification', 'report.json'), 'utf8'), report, '--only writes nothing');
});

test('verify speaks JSON Lines for several tasks, SARIF and JUnit', async () => {
  const lines = await run('verify', task, task, '--only', 'str', '--json');
  assert.deepEqual(
    lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).verdict),
    ['accepted', 'accepted'],
  );
  const sarif = JSON.parse((await run('verify', task, '--only', 'STR', '--format', 'sarif')).stdout);
  assert.equal(sarif.version, '2.1.0');
  assert.equal(sarif.runs.length, 1);
  const junit = await run('verify', task, '--only', 'STR', '--format', 'junit');
  assert.match(
    junit.stdout,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="MLE Forge" tests="\d+" [^>]*>\n<testsuite name=/,
  );
});

test('verify finds the dataset through the journal of the run beside the task', async () => {
  const outcome = await run('verify', task, '--only', 'PRE', '--json');
  assert.equal(outcome.status, 0, outcome.stderr);
  const { checks } = JSON.parse(outcome.stdout);
  assert.deepEqual(
    checks.filter((check: { status: string }) => check.status === 'skipped'),
    [],
  );
});

test('grade scores a submission with its interval, and says why another is invalid', async (t) => {
  const folder = await tempFolder(t);
  const sample = path.join(task, 'data', 'public', 'sample_submission.csv');
  const good = await run('grade', task, sample, '--json');
  assert.equal(good.status, 0, good.stderr);
  const grade = JSON.parse(good.stdout);
  assert.deepEqual(Object.keys(grade), ['valid', 'score', 'ci95', 'direction']);
  assert.ok(grade.ci95[0] <= grade.score && grade.score <= grade.ci95[1]);

  const cut = path.join(folder, 'cut.csv');
  await writeFile(cut, (await readFile(sample, 'utf8')).split('\n').slice(0, 5).join('\n'));
  const bad = await run('grade', task, cut, '--json');
  assert.equal(bad.status, 1, bad.stderr);
  assert.equal(JSON.parse(bad.stdout).valid, false);
  assert.match(JSON.parse(bad.stdout).error, /\w/);
  const text = await run('grade', task, cut);
  assert.match(text.stdout, /^invalid {2}/);
});

test('baseline prints the ladder with seconds, or the named rungs', async () => {
  const outcome = await run('baseline', task, '--name', 'constant,sample');
  assert.equal(outcome.status, 0, outcome.stderr);
  assert.match(outcome.stdout, /baseline +score +95 % interval +gain +95 % interval +seconds/);
  assert.match(outcome.stdout, /^constant /m);
  assert.doesNotMatch(outcome.stdout, /^strong/m);
});

test('list and show tell what there is and what a run did', async () => {
  const list = JSON.parse((await run('list', 'out', '--json')).stdout);
  assert.equal(list.tasks.length, 1);
  const [record] = list.runs;
  assert.deepEqual([record.outcome, record.accepted], ['done', 1]);
  const shown = JSON.parse((await run('show', record.run, '--out', 'out', '--json')).stdout);
  assert.equal(shown.outcome, 'done');
  assert.deepEqual([...new Set(shown.stages.map(({ stage }: { stage: string }) => stage))].slice(0, 3), [
    'profile',
    'brainstorm',
    'design',
  ]);
  assert.match((await run('show', record.run, '--out', 'out')).stdout, /accepted/);
});

test('profile says what is in the folder', async () => {
  const text = await run('profile', 'field plots');
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /400 rows/);
  const profile = JSON.parse((await run('profile', 'field plots', '--json')).stdout);
  assert.equal(profile.tables[0].rows, 400);
});

test('every command has a help, and wrong usage is refused with what would be right', async () => {
  for (const command of ['forge', 'profile', 'verify', 'grade', 'baseline', 'list', 'show', 'doctor']) {
    const help = await run(command, '--help');
    assert.equal(help.status, 0);
    assert.match(help.stdout, new RegExp(`^mle-forge ${command} `));
  }
  const refusals: readonly [readonly string[], RegExp][] = [
    [['frge'], /Did you mean forge\?/],
    [['forge'], /needs a dataset/],
    [['forge', 'a', 'b'], /one too many/],
    [['forge', 'field plots', '--max-tasks', 'many'], /--max-tasks must be a whole number/],
    [['forge', 'field plots', '--model', 'gpt'], /PROVIDER:MODEL/],
    [['forge', 'field plots', '--resume', 'nonsense'], /no run nonsense/],
    [['verify'], /needs a task/],
    [['verify', 'nowhere'], /nowhere does not exist/],
    [['verify', task, '--only', 'STX'], /Did you mean STR\?/],
    [['verify', task, '--format', 'xml'], /Choose from text, json, sarif, junit/],
    [['grade', task, 'nowhere.csv'], /nowhere\.csv does not exist/],
    [['grade', 'field plots', 'x.csv'], /holds no readable task\.json/],
    [['baseline', task, '--name', 'strng'], /Did you mean strong\?/],
    [['show', '20200101-000000-abcdef', '--out', 'out'], /There is no run/],
    [['list', 'nowhere'], /no output folder/],
  ];
  for (const [args, says] of refusals) {
    const outcome = await run(...args);
    assert.equal(outcome.status, 2, `${args.join(' ')}: ${outcome.stderr}`);
    assert.match(outcome.stderr, says);
    assert.equal(outcome.stdout, '');
  }
});

test('an output folder inside the dataset, and a dataset inside a task, are refused', async () => {
  const inside = await run('forge', 'field plots', '--out', 'field plots/tasks');
  assert.deepEqual([inside.status, /OUT_IN_DATASET/.test(inside.stderr)], [2, true], inside.stderr);
  const data = await run('forge', path.join(task, 'data', 'public'), '--out', 'out');
  assert.deepEqual([data.status, /DATASET_IN_TASK/.test(data.stderr)], [2, true], data.stderr);
});
