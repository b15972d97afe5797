// A PythonRuntime for tests: runs a job of the Python half in a fresh interpreter, without sandbox or limits.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { JobOutcome, PythonError, PythonJob, PythonRuntime } from '../../src/runtime/port.ts';

const root = resolve(import.meta.dirname, '../..');
const venv = resolve(root, '.cache/venv/bin/python');
const driver = `
import contextlib, importlib, json, sys, traceback
from pathlib import Path
job = json.load(sys.stdin)
paths = {name: Path(host) for name, host in job["paths"].items()}
def place(file):
    for name, path in paths.items():
        if file == str(path) or file.startswith(f"{path}/"):
            return name + file[len(str(path)):]
    return file
with contextlib.redirect_stdout(sys.stderr):
    module = importlib.import_module("forge_runtime." + job["name"])
    try:
        answer = {"value": module.run(job["args"], paths)}
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        answer = {"error": {"type": type(error).__name__, "message": str(error), "frames": [
            {"file": place(frame.filename), "line": frame.lineno, "function": frame.name} for frame in frames]}}
print(json.dumps(answer, allow_nan=False))
`;

/** Jobs end as `done`, `raised`, or as `crashed` with the last lines of standard error. */
export const plainPython: PythonRuntime = {
  run: runJob,
  dispose: async () => {},
};

async function runJob<Result>(job: PythonJob<Result>, signal: AbortSignal): Promise<JobOutcome<Result>> {
  const python = process.env['MLE_FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');
  const env = {
    PATH: process.env['PATH'],
    PYTHONPATH: resolve(root, 'src/runtime/python'),
    PYTHONHASHSEED: String(job.hashSeed ?? 0),
    OMP_NUM_THREADS: '1',
  };
  const child = promisify(execFile)(python, ['-c', driver], { env, signal, maxBuffer: 1 << 28 });
  const paths = Object.fromEntries(job.mounts.map((mount) => [mount.name, mount.host]));
  child.child.stdin?.end(JSON.stringify({ name: job.name, args: job.args, paths }));
  const usage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };
  try {
    const { stdout, stderr } = await child;
    const answer = JSON.parse(stdout) as { value?: unknown; error?: PythonError };
    if (answer.error !== undefined) return { kind: 'raised', error: answer.error, log: stderr, usage };
    return { kind: 'done', value: job.result.parse(answer.value), log: stderr, usage };
  } catch (error) {
    const text = String((error as { stderr?: string }).stderr || error);
    return { kind: 'crashed', reason: text.trim().split('\n').slice(-3).join(' '), log: text, usage };
  }
}
