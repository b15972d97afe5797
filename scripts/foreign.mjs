// npm run foreign -- FOLDER... [--errors] [--json FILE]: verifies every task below the folders, whoever made them, and
// prints a table: verdicts by layout, findings by code, why graders could not be tried, seconds per task.
import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { underCurrentNode } from './toolchain.mjs';

underCurrentNode(); // the sources below are TypeScript
const { recognise } = await import('../src/exchange/recognise.ts');
const { findInterpreter } = await import('../src/runtime/interpreter.ts');
const { createPythonRuntime } = await import('../src/runtime/runtime.ts');
const { verifyForeign } = await import('../src/verify/foreign/family.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean' }, json: { type: 'string' } },
});
if (positionals.length === 0) {
  console.error('Write: npm run foreign -- FOLDER... [--errors] [--json FILE]');
  process.exit(2);
}

const log = { write: () => {} };
const python = process.env.MLE_FORGE_PYTHON;
const search = python ? { explicit: { command: python, origin: 'MLE_FORGE_PYTHON' } } : { workspaces: [process.cwd()] };
const { chosen } = await findInterpreter(search);
const runtime = createPythonRuntime({ python: chosen.python, isolation: 'required', log });
const clock = { now: () => performance.now() };
const { signal } = new AbortController();

/** A folder that is a task, else the tasks in its folders. */
async function tasksIn(folder) {
  const found = await recognise(folder).catch(() => null);
  if (found !== null) return [folder];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory() && !/^[._]/.test(e.name));
  return entries.map(({ name }) => path.join(folder, name)).sort();
}

async function verifyOne(folder) {
  const started = performance.now();
  try {
    const recognition = await recognise(folder);
    if (recognition.kind === 'package') return { folder, status: 'package of MLE Forge' };
    const report = await verifyForeign(recognition.task, { runtime, log, clock, signal });
    const seconds = (performance.now() - started) / 1000;
    return { folder, format: recognition.task.format, status: report.verdict, report, seconds };
  } catch (error) {
    return { folder, status: error.code === 'TASK_UNKNOWN' ? 'not recognised' : 'CRASHED', reason: String(error) };
  }
}

const queue = (await Promise.all(positionals.map(tasksIn))).flat();
const results = [];
await Promise.all(
  Array.from({ length: Math.min(4, os.availableParallelism()) }, async () => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift())
      results.push(await verifyOne(folder));
  }),
);
await runtime.dispose();
results.sort((a, b) => (a.folder < b.folder ? -1 : 1));
if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 1));

function table(title, entries) {
  console.log(`\n${title}`);
  const counts = new Map();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [name, count] of rows) console.log(`  ${String(count).padStart(5)}  ${name}`);
  if (rows.length === 0) console.log('      none');
}

const done = results.filter(({ report }) => report !== undefined);
const found = done.flatMap(({ format, report }) => report.findings.map((finding) => ({ format, ...finding })));
const untried = done.flatMap(({ format, report }) => {
  const alignment = report.checks.find(({ code }) => code === 'MET003');
  return alignment?.status === 'skipped' ? [`${format}: ${alignment.reason.replace(/\(.*/s, '').slice(0, 100)}`] : [];
});
table(
  'Tasks by layout and verdict',
  results.map(({ format, status }) => `${format ?? ''} ${status}`),
);
for (const severity of ['error', 'warning']) {
  const some = found.filter((finding) => finding.severity === severity);
  table(
    `Findings of severity ${severity}`,
    some.map(({ code, format }) => `${code} ${format}`),
  );
}
table('Graders that could not be tried', untried);
for (const { folder, status, reason } of results) if (reason) console.log(`${folder}: ${status}: ${reason}`);
if (values.errors) {
  for (const { folder, report } of done) {
    for (const { severity, code, file, range, message } of report.findings) {
      if (severity === 'error') console.log(`${folder}/${file}:${range.start.line + 1} ${code} ${message}`);
    }
  }
}
const seconds = done.map((result) => result.seconds).sort((a, b) => a - b);
const middle = seconds[Math.floor(seconds.length / 2)] ?? 0;
console.log(
  `\n${done.length} tasks; seconds per task: median ${middle.toFixed(1)}, longest ${(seconds.at(-1) ?? 0).toFixed(1)}`,
);
if (results.some(({ status }) => status === 'CRASHED')) process.exitCode = 1;
