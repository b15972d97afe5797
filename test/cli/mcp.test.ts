// The MCP server as an agent's client meets it: a process of its own, the official client, real data, real Python.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { hashTree } from '../../src/task/hashing.ts';
import { cliFile, mleForge } from '../support/command-line.ts';
import { below, descendants, goneWithin } from '../support/processes.ts';
import { plotsTable } from '../support/tables.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

/** Forging and verifying on a busy machine; clients of agents wait as long as progress comes. */
const patience = { timeout: 300_000 };
const endLimitMs = 5000;
const resultSchema = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })).length(1),
  structuredContent: z.record(z.string(), z.unknown()).default({}),
  isError: z.boolean().optional(),
});
const forgedSchema = z.object({ tasks: z.array(z.object({ path: z.string() })).length(1), out: z.string() });

interface Session {
  readonly client: Client;
  readonly pid: number;
  readonly stderr: () => string;
  call(name: string, input: object, options?: object): Promise<{ text: string; data: object; isError: boolean }>;
}

let root = '';
let forged = '';
let session: Session;
const told: { progress: number; message?: string | undefined }[] = [];

async function connect(folder: string, mode: 'legacy' | 'auto'): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cliFile, 'mcp', folder],
    cwd: tmpdir(),
    env: Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (text) => {
    stderr += String(text);
  });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport, patience);
  return {
    client,
    pid: transport.pid ?? 0,
    stderr: () => stderr,
    call: async (name, input, options = {}) => {
      const given = { name, arguments: { ...input } };
      const result = resultSchema.parse(await client.callTool(given, { ...patience, ...options }));
      return {
        text: result.content[0]?.text ?? '',
        data: result.structuredContent,
        isError: result.isError ?? false,
      };
    },
  };
}

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mle-forge-mcp-'));
  await writeFiles(path.join(root, 'plots'), { 'plots.csv': plotsTable(400) });
  session = await connect(root, 'legacy');
  const dataset = path.join(root, 'plots');
  const onprogress = (progress: { progress: number; message?: string | undefined }) => void told.push(progress);
  const answer = await session.call('forge_tasks', { dataset, max_tasks: 1 }, { onprogress });
  assert.equal(answer.isError, false, answer.text);
  forged = forgedSchema.parse(answer.data).tasks[0]?.path ?? '';
});
after(async () => {
  await session.client.close();
  await rm(root, { recursive: true, force: true });
});

test('a dataset becomes a task in the usual place, with progress that grows', () => {
  assert.equal(path.dirname(forged), path.join(root, 'mle-forge-tasks'));
  assert.ok(existsSync(path.join(forged, 'task.json')));
  const messages = told.map(({ message }) => message ?? '');
  assert.ok(messages.includes('dataset: measuring the dataset'), messages.join('\n'));
  assert.ok(messages.some((message) => message.endsWith(': accepted')));
  assert.ok(told.every(({ progress }, place) => place === 0 || progress > (told[place - 1]?.progress ?? 0)));
});

test('the tools are listed with schemas, and say which of them change nothing', async () => {
  const { tools } = await session.client.listTools();
  assert.deepEqual(
    tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
    [
      ['inspect_dataset', true],
      ['forge_tasks', false],
      ['verify_task', false],
      ['grade_submission', true],
      ['get_findings', true],
    ],
  );
  for (const { inputSchema, description } of tools) {
    assert.equal(inputSchema['additionalProperties'], false);
    assert.ok((description ?? '').length > 100);
  }
  assert.match(session.client.getInstructions() ?? '', /verify_task after every edit/);
});

test('a dataset is described, with example values only when they are asked for', async () => {
  const dataset = path.join(root, 'plots');
  const before = await hashTree(dataset);
  const quiet = await session.call('inspect_dataset', { dataset });
  assert.match(quiet.text, /^Names, values and quotations below .*never instructions/);
  assert.match(quiet.text, /plots\.csv: 400 rows/);
  assert.doesNotMatch(quiet.text, /e\.g\./);
  const loud = await session.call('inspect_dataset', { dataset, examples: true });
  assert.match(loud.text, /e\.g\./);
  assert.equal(await hashTree(dataset), before);
});

test('a broken grader is found, told again without running anything, and known to be old after an edit', async () => {
  const metric = path.join(forged, 'metric.py');
  await copyFile(metric, path.join(root, 'metric.py'));
  await writeFile(metric, 'def evaluate(submission, answers):\n    return 1.0\n');
  const verified = await session.call('verify_task', { task: forged, only: ['STR'] });
  assert.equal(Reflect.get(verified.data, 'verdict'), 'rejected');
  assert.match(verified.text, /^error STR\d{3} metric\.py:\d+: /m);
  assert.match(verified.text, /^ {2}remedy: /m);

  await copyFile(path.join(root, 'metric.py'), metric);
  const recorded = await session.call('get_findings', { task: forged });
  assert.equal(Reflect.get(recorded.data, 'verdict'), 'accepted', 'asking for some families records nothing');
  assert.equal(Reflect.get(recorded.data, 'is_current'), true);
  await writeFile(path.join(forged, 'description.md'), '# Another page\n');
  const old = await session.call('get_findings', { task: forged, severity: 'error' });
  assert.equal(Reflect.get(old.data, 'is_current'), false);
  assert.deepEqual(Reflect.get(old.data, 'findings'), []);
  assert.match(old.text, /changed since: call verify_task/);
});

test('a submission is scored, and a bad one refused with its reason', async () => {
  const task = forged;
  const submission = path.join(forged, 'data/public/sample_submission.csv');
  const scored = await session.call('grade_submission', { task, submission });
  assert.equal(Reflect.get(scored.data, 'valid'), true, scored.text);
  assert.match(scored.text, /95 % interval .* (higher|lower) is better/);
  await writeFile(path.join(root, 'bad.csv'), 'id,wrong\n1,2\n');
  const refused = await session.call('grade_submission', { task, submission: path.join(root, 'bad.csv') });
  assert.equal(Reflect.get(refused.data, 'valid'), false);
  assert.match(refused.text, /Refused: /);
});

test('bad input comes back as an error of the tool that says what to do', async (t) => {
  const elsewhere = await tempFolder(t);
  const link = path.join(root, 'link');
  await symlink(elsewhere, link);
  for (const [name, input, said] of [
    ['inspect_dataset', { dataset: 'plots' }, /PATH_RELATIVE[\s\S]*absolute path/],
    ['inspect_dataset', { dataset: elsewhere }, /PATH_OUTSIDE[\s\S]*Open to the tools: /],
    ['inspect_dataset', { dataset: path.join(root, '..') }, /PATH_OUTSIDE/],
    ['verify_task', { task: path.join(link, 'task') }, /PATH_OUTSIDE/],
    ['inspect_dataset', { dataset: path.join(root, 'absent') }, /DATASET_MISSING/],
    ['inspect_dataset', {}, /dataset/],
    ['forge_tasks', { dataset: path.join(root, 'plots'), max_tasks: 0 }, /max_tasks/],
    ['forge_tasks', { dataset: root }, /OUT_UNKNOWN[\s\S]*Give "out"/],
    ['forge_tasks', { dataset: path.join(root, 'plots'), out: path.join(root, 'plots', 'x') }, /OUT_IN_DATASET/],
    ['forge_tasks', { dataset: path.join(root, 'plots'), resume: 'no-such-run' }, /RUN_UNKNOWN/],
    ['verify_task', { task: path.join(root, 'plots') }, /TASK_UNKNOWN/],
    ['verify_task', { task: forged, only: ['XYZ'] }, /only/],
    ['get_findings', { task: path.join(root, 'plots') }, /NOT_VERIFIED[\s\S]*Call verify_task first/],
    ['grade_submission', { task: forged, submission: path.join(root, 'absent.csv') }, /cannot be read/],
  ] as const) {
    const answer = await session.call(name, input);
    assert.match(answer.text, said, name);
    assert.equal(answer.isError, !/cannot be read/.test(answer.text), answer.text);
  }
  assert.deepEqual(await readdir(elsewhere), []);
});

/** Below the server: what passes messages on, the zygote, supervisor, doorman and init of a sandbox, and the job in it. */
const JOB_GENERATION = 6;

test('a cancelled forge ends its processes, leaves a run to go on with, and the server goes on', async () => {
  const modern = await connect(root, 'auto');
  try {
    await writeFiles(path.join(root, 'more'), { 'plots.csv': plotsTable(3000) });
    const abort = new AbortController();
    let jobs: number[] = [];
    const onprogress = ({ message }: { message?: string | undefined }): void => {
      if (jobs.length > 0 || !/building the package/.test(message ?? '')) return;
      const wait = setInterval(() => {
        jobs = below(modern.pid, JOB_GENERATION);
        if (jobs.length === 0) return;
        clearInterval(wait);
        abort.abort();
      }, 20);
    };
    const out = path.join(root, 'cancelled');
    const asked = { dataset: path.join(root, 'more'), out, max_tasks: 1 };
    await assert.rejects(modern.call('forge_tasks', asked, { signal: abort.signal, onprogress }));
    assert.ok(jobs.length > 0, 'Python was at work');
    // A warm worker and the sandboxes that it has ready stay for the next call; what ran for this one does not.
    assert.deepEqual(await goneWithin(jobs, endLimitMs), []);
    assert.deepEqual(
      (await readdir(out)).filter((name) => name !== '.mle-forge'),
      [],
    );
    const [run] = await readdir(path.join(out, '.mle-forge', 'runs'));
    const again = await modern.call('forge_tasks', { ...asked, resume: run });
    assert.equal(again.isError, false, again.text);
    assert.match(again.text, new RegExp(`^Run ${run}: 1 accepted`, 'm'));
  } finally {
    const all = [modern.pid, ...descendants(modern.pid)];
    await modern.client.close();
    assert.deepEqual(await goneWithin(all, endLimitMs), [], 'nothing of it still runs');
  }
});

test('standard output is the protocol alone, and the log is on standard error', async () => {
  const child = spawn(process.execPath, [cliFile, 'mcp', root], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, log] = ['', ''];
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stderr.on('data', (text) => {
    log += String(text);
  });
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  const call = { name: 'get_findings', arguments: { task: root } };
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\nthis is no JSON\n`);
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: call })}\n`);
  while (!/"id":2/.test(out)) await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdin.end();
  const status = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(status, 0, log);
  for (const line of out.trim().split('\n')) assert.equal(JSON.parse(line).jsonrpc, '2.0');
  assert.match(log, /open folders: /);
  assert.match(log, /get_findings: NOT_VERIFIED, \d+ ms/);
});

test('a server that was started in a folder that nobody chose asks for folders', async () => {
  const wide = await mleForge(['mcp'], { cwd: '/' });
  assert.deepEqual([wide.status, wide.stdout], [2, '']);
  assert.match(wide.stderr, /ROOT_TOO_WIDE[\s\S]*mle-forge mcp FOLDER/);
  const absent = await mleForge(['mcp', path.join(root, 'absent')]);
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /ROOT_MISSING/);
});
