// What people give by mistake: a clear message that names file, problem and remedy, the right exit status, nothing half
// written, and the dataset untouched.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { hashTree } from '../../src/task/hashing.ts';
import { type Invocation, mleForge, type Outcome } from '../support/command-line.ts';
import { plotsTable, randomNumbers } from '../support/tables.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';
import { zipOf } from '../support/zip.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A mount namespace of the test's own: root may make one, others in a user namespace. */
const unshare = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];

/** Root reads everything; without two capabilities it is refused like anybody else. */
const capabilities = '-dac_override,-dac_read_search';
const asPlainUser =
  process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${capabilities}`, `--inh-caps=${capabilities}`] : ['env'];

interface Case {
  readonly files: Files;
  /** Operand; the dataset folder when absent. */
  readonly dataset?: string;
  readonly status: 1 | 2 | 3;
  /** What standard error or the result must say. */
  readonly says: readonly RegExp[];
}

const columns = (names: readonly string[], rows: number, cell: (row: number, column: number) => string): string =>
  [names, ...Array.from({ length: rows }, (_, row) => names.map((_, column) => cell(row, column)))]
    .map((line) => `${line.join(',')}\n`)
    .join('');

const random = randomNumbers(7);
const junk = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));

const cases: Readonly<Record<string, Case>> = {
  'an empty folder': { files: {}, status: 2, says: [/data/, /no file/, /Put data/] },
  'a missing path': { files: {}, dataset: 'nowhere', status: 2, says: [/nowhere/, /does not exist/, /Check the path/] },
  'a file that is no data': {
    files: { 'notes.bin': junk(5000) },
    dataset: 'data/notes.bin',
    status: 2,
    says: [/notes\.bin/],
  },
  'an empty file': {
    files: { 'empty.csv': '' },
    dataset: 'data/empty.csv',
    status: 2,
    says: [/empty\.csv/, /empty file/],
  },
  'a folder of binary junk': {
    files: { 'a.bin': junk(4000), 'b.csv': junk(4000), 'c.parquet': junk(4000) },
    status: 2,
    says: [/data/, /Give/],
  },
  'a table of 20 rows': { files: { 'plots.csv': plotsTable(20) }, status: 1, says: [/refused/, /rows/] },
  'a table of one column': {
    files: { 'one.csv': columns(['value'], 300, (row) => String(row % 7)) },
    status: 1,
    says: [/refused/],
  },
  'a table of constants': {
    files: { 'flat.csv': columns(['a', 'b', 'c'], 300, () => '1') },
    status: 1,
    says: [/refused/],
  },
  'classes of two rows': {
    files: {
      'rare.csv': columns(['x', 'y', 'kind'], 300, (row, column) => (column === 2 ? `k${row >> 1}` : String(row % 11))),
    },
    status: 1,
    says: [/refused|rejected/],
  },
  'a truncated Parquet file': {
    files: { 'cut.parquet': Buffer.concat([Buffer.from('PAR1'), junk(3000)]) },
    status: 2,
    says: [/cut\.parquet/, /Parquet|parquet|footer|damaged|read/i],
  },
  'broken pictures': {
    files: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i % 2 ? 'cat' : 'dog'}/${i}.jpg`, junk(200)])),
    status: 1,
    says: [/cat\/1\.jpg/, /cannot be identified/, /Replace or remove/, /refused/],
  },
  'an archive bomb': {
    files: { 'bomb.csv.gz': gzipSync(Buffer.alloc(120_000_000, 'a,b\n1,2\n')) },
    status: 2,
    says: [/bomb\.csv\.gz/, /bomb/],
  },
  'a zip bomb': {
    files: { 'bomb.zip': zipOf('bomb.csv', Buffer.alloc(120_000_000, 'a,b\n1,2\n')) },
    status: 2,
    says: [/bomb\.zip/, /bomb/],
  },
};

async function forge(
  t: TestContext,
  files: Files,
  dataset = 'data',
  invocation: Invocation = {},
): Promise<Outcome & { root: string }> {
  const root = await tempFolder(t);
  await mkdir(path.join(root, 'data'));
  await writeFiles(path.join(root, 'data'), files);
  return { root, ...(await forgeIn(root, dataset, invocation)) };
}

/** Forges into `out` and asserts what holds for every outcome: dataset untouched, no half task, no stack trace. */
async function forgeIn(root: string, dataset: string, invocation: Invocation = {}): Promise<Outcome> {
  const data = path.join(root, 'data');
  const before = await hashTree(data);
  const outcome = await mleForge(['forge', '--out', path.join(root, 'out'), '--max-tasks', '1', '--', dataset], {
    cwd: root,
    ...invocation,
  });
  assert.equal(await hashTree(data), before, 'the dataset is untouched');
  assert.doesNotMatch(outcome.stderr, /^\s+at .*:\d+:\d+\)?$/m, outcome.stderr);
  const out = existsSync(path.join(root, 'out')) ? readdirSync(path.join(root, 'out')) : [];
  for (const name of out.filter((entry) => entry !== '.mle-forge')) {
    assert.ok(existsSync(path.join(root, 'out', name, 'verification', 'report.json')), `${name} is whole`);
  }
  if (outcome.status === 2) assert.deepEqual(out, [], 'nothing is written');
  return outcome;
}

for (const [name, { files, dataset, status, says }] of Object.entries(cases)) {
  test(`${name}: exit status ${status} and a message that helps`, async (t) => {
    const outcome = await forge(t, files, dataset);
    assert.equal(outcome.status, status, outcome.stderr);
    for (const pattern of says) assert.match(`${outcome.stderr}${outcome.stdout}`, pattern);
  });
}

test('10,000 columns: an answer in bounded time, whatever it is', async (t) => {
  const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
  const outcome = await forge(t, {
    'wide.csv': columns(names, 60, (row, column) => String((row * 31 + column * 17) % 97)),
  });
  assert.ok(outcome.status === 0 || outcome.status === 1 || outcome.status === 2, outcome.stderr);
});

test('a symbolic link that loops is passed over', async (t) => {
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(20) });
  symlinkSync('.', path.join(root, 'data', 'loop'));
  symlinkSync('self', path.join(root, 'data', 'self'));
  const outcome = await forgeIn(root, 'data');
  assert.equal(outcome.status, 1, outcome.stderr);
  assert.match(outcome.stderr, /refused/);
});

test('names with spaces, quotes, line breaks, other scripts and leading dashes are just names', async (t) => {
  const root = await tempFolder(t);
  for (const name of [
    'with space',
    `it's "quoted"`,
    'line\nbreak',
    'données-数据',
    '-dash',
    '--help',
    '$(touch pwned)',
    '%s {0}',
  ]) {
    await writeFiles(path.join(root, 'data', name), { [`${name}.csv`]: plotsTable(20) });
    const outcome = await forgeIn(root, path.join('data', name));
    assert.equal(outcome.status, 1, `${name}: ${outcome.stderr}`);
    assert.match(outcome.stderr, /refused/, name);
  }
  const dashed = await mleForge(['profile', '--', '-dash'], { cwd: path.join(root, 'data') });
  assert.equal(dashed.status, 0, dashed.stderr);
  assert.equal(existsSync(path.join(root, 'pwned')), false);
});

test('a read-only output folder is refused before anything is measured', { skip: needsMounts() }, async (t) => {
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(200) });
  await mkdir(path.join(root, 'out'));
  const outcome = await forgeIn(root, 'data', { wrap: mounted(`-o ro tmpfs "${path.join(root, 'out')}"`) });
  assert.equal(outcome.status, 2, outcome.stderr);
  assert.match(outcome.stderr, /out/);
  assert.match(outcome.stderr, /read-only/);
  assert.match(outcome.stderr, /--out/);
});

test('an output folder that cannot be made is refused, for root too', async (t) => {
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(200) });
  await writeFiles(root, { taken: 'a file stands here' });
  const places = [path.join(root, 'taken'), path.join(root, 'taken', 'deeper'), '/proc/tasks'];
  for (const out of places.slice(0, existsSync('/proc/self') ? 3 : 2)) {
    const before = await hashTree(root);
    const outcome = await mleForge(['forge', 'data', '--out', out], { cwd: root });
    assert.equal(outcome.status, 2, `${out}: ${outcome.stderr}`);
    assert.match(outcome.stderr, /Nothing can be written to /);
    assert.ok(outcome.stderr.includes(out), outcome.stderr);
    assert.match(outcome.stderr, /--out/);
    assert.equal(await hashTree(root), before, 'nothing is written and the dataset is untouched');
  }
});

test('a folder without permission is refused', {
  skip: process.getuid?.() === 0 ? 'root may write anywhere' : false,
}, async (t) => {
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(200) });
  await mkdir(path.join(root, 'out'));
  chmodSync(path.join(root, 'out'), 0o555);
  const outcome = await forgeIn(root, 'data');
  assert.equal(outcome.status, 2, outcome.stderr);
  assert.match(outcome.stderr, /not permitted/);
});

for (const closed of ['data', 'data/sub', 'data/sub/plots.csv']) {
  test(`${closed} that may not be read is named, with what to do`, { skip: needsPlainUser() }, async (t) => {
    const root = await tempFolder(t);
    await writeFiles(path.join(root, 'data/sub'), { 'plots.csv': plotsTable(200) });
    const before = await hashTree(path.join(root, 'data'));
    chmodSync(path.join(root, closed), 0o000);
    const operands = ['forge', '--out', path.join(root, 'out'), '--', 'data'];
    const outcome = await mleForge(operands, { cwd: root, wrap: (command) => [...asPlainUser, ...command] });
    chmodSync(path.join(root, closed), 0o755);
    assert.equal(outcome.status, 2, outcome.stderr);
    assert.ok(outcome.stderr.includes(`${path.join(root, closed)} cannot be read`), outcome.stderr);
    assert.match(outcome.stderr, /read permission/);
    assert.equal(existsSync(path.join(root, 'out')), false, 'nothing is written');
    assert.equal(await hashTree(path.join(root, 'data')), before, 'the dataset is untouched');
  });
}

test('a full disk ends the run with its reason and publishes nothing half', { skip: needsMounts() }, async (t) => {
  const root = await tempFolder(t);
  await writeFiles(path.join(root, 'data'), { 'plots.csv': plotsTable(3000) });
  await mkdir(path.join(root, 'out'));
  const outcome = await forgeIn(root, 'data', { wrap: mounted(`-o size=120k tmpfs "${path.join(root, 'out')}"`) });
  assert.equal(outcome.status, 3, outcome.stderr);
  assert.match(outcome.stderr, /no space left/);
  assert.match(outcome.stderr, /Free some space/);
});

test('a missing interpreter is an environment that is not ready, and says which and what to do', async (t) => {
  const outcome = await forge(t, { 'plots.csv': plotsTable(200) }, 'data', {
    env: { MLE_FORGE_PYTHON: '/nowhere/python' },
  });
  assert.equal(outcome.status, 3, outcome.stderr);
  assert.match(outcome.stderr, /\/nowhere\/python/);
  assert.match(outcome.stderr, /doctor --install/);
});

test('a Python without the packages is refused with their names', async (t) => {
  const root = await tempFolder(t);
  const made = spawnSync(process.env['MLE_FORGE_PYTHON'] ?? 'python3', [
    '-m',
    'venv',
    '--without-pip',
    path.join(root, 'bare'),
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const env = { MLE_FORGE_PYTHON: path.join(root, 'bare', 'bin', 'python') };
  const outcome = await forge(t, { 'plots.csv': plotsTable(200) }, 'data', { env });
  assert.equal(outcome.status, 3, outcome.stderr);
  assert.match(outcome.stderr, /pandas/);
});

/** A mount namespace of its own, in which a file system stands where the output goes. */
function mounted(mount: string): (command: readonly string[]) => string[] {
  return (command) => [...unshare, 'sh', '-c', `mount -t tmpfs ${mount} && exec "$@"`, 'sh', ...command];
}

function needsMounts(): string | false {
  const [file = '', ...args] = unshare;
  const probe = spawnSync(file, [...args, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']);
  return probe.status === 0 ? false : 'this machine lets tests mount nothing';
}

function needsPlainUser(): string | false {
  const [file = '', ...args] = asPlainUser;
  return spawnSync(file, [...args, 'true']).status === 0 ? false : 'root cannot give up its rights here';
}
