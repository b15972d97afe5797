// A PythonRuntime for tests: runs a job of the Python half in a fresh interpreter, without sandbox or limits.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { JobOutcome, PythonJob, PythonRuntime } from '../../src/runtime/port.ts';

const root = resolve(import.meta.dirname, '../..');
const venv = resolve(root, '.cache/venv/bin/python');
const driver = `
import importlib, json, sys
from pathlib import Path
job = json.load(sys.stdin)
module = importlib.import_module("forge_runtime." + job["name"])
paths = {name: Path(host) for name, host in job["paths"].items()}
print(json.dumps(module.run(job["args"], paths), allow_nan=False))
`;

/** Jobs end as `done`, or as `crashed` with the last line of standard error. */
export const plainPython: PythonRuntime = {
  run: runJob,
  dispose: async () => {},
};

async function runJob<Result>(job: PythonJob<Result>, signal: AbortSignal): Promise<JobOutcome<Result>> {
  const python = process.env['FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');
  const env = { PATH: process.env['PATH'], PYTHONPATH: resolve(root, 'src/runtime/python'), OMP_NUM_THREADS: '1' };
  const child = promisify(execFile)(python, ['-c', driver], { env, signal, maxBuffer: 1 << 28 });
  const paths = Object.fromEntries(job.mounts.map((mount) => [mount.name, mount.host]));
  child.child.stdin?.end(JSON.stringify({ name: job.name, args: job.args, paths }));
  const usage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };
  try {
    const { stdout } = await child;
    return { kind: 'done', value: job.result.parse(JSON.parse(stdout)), log: '', usage };
  } catch (error) {
    const text = String((error as { stderr?: string }).stderr || error);
    return { kind: 'crashed', reason: text.trim().split('\n').slice(-3).join(' '), log: text, usage };
  }
}
