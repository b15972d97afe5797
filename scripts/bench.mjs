// npm run bench: from a save of metric.py to findings, and full verifications, on generated data. Needs Node 22.18 or newer.
// Options: --rows 1000,10000,100000 (test rows of the save cases; 0 for none), --saves 30, --full 20000 (rows; 0 for none),
// --quick (a smoke run: few rows and saves). Processor time is that of the jobs and of this process: on a busy machine it tells more.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.join(import.meta.dirname, '..');
const { findInterpreter } = await import('../src/runtime/interpreter.ts');
const { createPythonRuntime } = await import('../src/runtime/runtime.ts');
const { createMemory } = await import('../src/verify/cache/memory.ts');
const { verifyTask } = await import('../src/verify/verify.ts');

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,10000,100000' },
    saves: { type: 'string', default: '30' },
    full: { type: 'string', default: '20000' },
    quick: { type: 'boolean', default: false },
  },
});
if (values.quick) Object.assign(values, { rows: '1000', saves: '2', full: '2000' });
/** What a save shows first, what it costs the grading beside, and everything. */
const FAMILIES = { 'STR, MET': ['STR', 'MET'], 'STR, MET, EXE': ['STR', 'MET', 'EXE'], 'all families': undefined };
const log = { write: () => {} };
const explicit = process.env.MLE_FORGE_PYTHON;
const search = explicit ? { explicit: { command: explicit, origin: 'MLE_FORGE_PYTHON' } } : { workspaces: [root] };
const { chosen } = await findInterpreter(search);
const work = mkdtempSync(path.join(tmpdir(), 'mle-forge-bench-'));

/** A table whose target follows two of its columns, with noise; always the same. */
function writeDataset(folder, rows) {
  mkdirSync(folder, { recursive: true });
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['length,width,height,colour,price'];
  for (let row = 0; row < rows; row += 1) {
    const [a, b, c] = [random() * 10, random() * 5, random()];
    const colour = ['red', 'grey', 'black'][Math.floor(random() * 3)];
    const price = 20 + a * b + (colour === 'red' ? 5 : 0) + (random() - 0.5) * 6;
    lines.push([a.toFixed(4), b.toFixed(4), c.toFixed(4), colour, price.toFixed(3)].join(','));
  }
  writeFileSync(path.join(folder, 'stones.csv'), `${lines.join('\n')}\n`);
  return folder;
}

/** The first task that the built-in engine forges from a dataset. */
function forge(dataset, out) {
  const args = ['src/cli/main.ts', 'forge', dataset, '--out', out, '--max-tasks', '1', '--quiet'];
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const task = readdirSync(out, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
  );
  return path.join(out, task.name);
}

/** A copy of a task with `rows` test rows: those it has, again and again under new ids. */
function stretch(task, rows) {
  const copy = path.join(work, `rows-${rows}`, path.basename(task));
  cpSync(task, copy, { recursive: true });
  for (const file of ['public/test.csv', 'public/sample_submission.csv', 'private/test_answer.csv']) {
    const target = path.join(copy, 'data', file);
    const [header, ...lines] = readFileSync(target, 'utf8').trimEnd().split('\n');
    const body = Array.from({ length: rows }, (_, row) => {
      const line = lines[row % lines.length];
      return `${(row * 7919 + 1e9).toString(36)}${line.slice(line.indexOf(','))}`;
    });
    writeFileSync(target, `${[header, ...body].join('\n')}\n`);
  }
  return copy;
}

/** Peak of the resident memory of this process and all below it, in MiB, while `work` runs (Linux; shared pages count often). */
async function withPeak(job) {
  let peak = 0;
  const look = () => {
    try {
      const table = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
      const processes = table.map((line) => line.trim().split(/\s+/).map(Number));
      const mine = new Set([process.pid]);
      for (let before = 0; before < mine.size; ) {
        before = mine.size;
        for (const [pid, parent] of processes) if (mine.has(parent)) mine.add(pid);
      }
      const sum = processes.reduce((total, [pid, , rss]) => total + (mine.has(pid) ? rss : 0), 0);
      peak = Math.max(peak, sum / 1024);
    } catch {
      peak = Number.NaN; // a system without ps
    }
  };
  const timer = setInterval(look, 250);
  const value = await job();
  clearInterval(timer);
  return { value, peak };
}

let jobsCpu = 0;
/** The runtime, with the processor time of its jobs added up in `jobsCpu`. */
function counted(runtime) {
  const run = async (job, signal) => {
    const outcome = await runtime.run(job, signal);
    jobsCpu += outcome.usage?.cpuMs ?? 0;
    return outcome;
  };
  return { run, identity: () => runtime.identity(), dispose: () => runtime.dispose() };
}

/** Milliseconds of processor time since `before`, of the jobs and of this process. */
function cpuSince(before) {
  const { user, system } = process.cpuUsage(before.process);
  return jobsCpu - before.jobs + (user + system) / 1000;
}

async function timed(task, options) {
  const started = performance.now();
  await verifyTask(task, {
    log,
    clock: { now: () => performance.now() },
    signal: new AbortController().signal,
    ...options,
  });
  return performance.now() - started;
}

const quantile = (times, share) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))];
const say = (...cells) =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(52) : String(cell).padStart(12))).join(''));

try {
  const full = Number(values.full);
  const dataset = writeDataset(path.join(work, 'data'), full || 5000);
  const task = forge(dataset, path.join(work, 'tasks'));
  console.log(`load ${loadavg()[0].toFixed(1)} before, Python ${chosen.version}, Node ${process.version}`);
  if (full > 0) {
    say('full verification, ms', 'time', 'peak MiB');
    for (const mode of ['auto', 'cold']) {
      const runtime = createPythonRuntime({ python: chosen.python, isolation: 'required', log, mode });
      const memory = createMemory();
      const name = mode === 'auto' ? 'one process kept warm' : 'a new interpreter per job';
      const first = await withPeak(() => timed(task, { runtime, memory, dataset }));
      say(`tabular, ${full} rows, ${name}, first`, Math.round(first.value), Math.round(first.peak));
      if (mode === 'auto') {
        const again = await withPeak(() => timed(task, { runtime, dataset }));
        say(`tabular, ${full} rows, ${name}, nothing remembered`, Math.round(again.value), Math.round(again.peak));
        say(`tabular, ${full} rows, unchanged`, Math.round(await timed(task, { runtime, memory, dataset })), '');
      }
      await runtime.dispose();
    }
  }
  say('save of metric.py to findings, ms', 'median', 'p90', 'cpu median');
  for (const rows of values.rows
    .split(',')
    .map(Number)
    .filter((count) => count > 0)) {
    const copy = stretch(task, rows);
    const runtime = counted(createPythonRuntime({ python: chosen.python, isolation: 'required', log }));
    const options = { runtime, memory: createMemory(), dataset };
    await timed(copy, options);
    const file = path.join(copy, 'metric.py');
    const source = readFileSync(file, 'utf8');
    for (const [name, only] of Object.entries(FAMILIES)) {
      const [times, cpu] = [[], []];
      for (let save = 0; save < Number(values.saves); save += 1) {
        writeFileSync(file, `${source}# ${name} ${save}\n`);
        const before = { jobs: jobsCpu, process: process.cpuUsage() };
        times.push(await timed(copy, only === undefined ? options : { ...options, only }));
        cpu.push(cpuSince(before));
      }
      const figures = [quantile(times, 0.5), quantile(times, 0.9), quantile(cpu, 0.5)].map(Math.round);
      say(`${rows} test rows, ${name}`, ...figures);
    }
    await runtime.dispose();
  }
  console.log(`load ${loadavg()[0].toFixed(1)} after`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
