// A PythonRuntime for tests that run many jobs: one plain interpreter serves them all, so that libraries load once.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { JobOutcome, PythonJob, PythonRuntime } from '../../src/runtime/port.ts';

const root = resolve(import.meta.dirname, '../..');
const venv = resolve(root, '.cache/venv/bin/python');
const server = `
import importlib, json, os, sys, traceback
from pathlib import Path
home = os.getcwd()
for line in sys.stdin:
    job = json.loads(line)
    os.chdir(home)  # a solver works in a folder that is gone by now
    try:
        module = importlib.import_module("forge_runtime." + job["name"])
        paths = {name: Path(host) for name, host in job["paths"].items()}
        answer = {"value": module.run(job["args"], paths)}
        text = json.dumps(answer, allow_nan=False)
    except Exception:
        text = json.dumps({"error": traceback.format_exc()})
    print("\\x1e" + text, flush=True)
`;
const usage = { wallMs: 0, cpuMs: 0, peakBytes: 0 };

/** Serves jobs one after the other; the process does not keep the test alive. */
export function residentPython(): PythonRuntime {
  let child: ChildProcess | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const waiting: ((line: string) => void)[] = [];

  const start = (): ChildProcess => {
    const python = process.env['MLE_FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');
    const env = { PATH: process.env['PATH'], PYTHONPATH: resolve(root, 'src/runtime/python'), OMP_NUM_THREADS: '1' };
    const started = spawn(python, ['-c', server], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (line.startsWith('\u001e')) waiting.shift()?.(line.slice(1));
    });
    started.on('exit', () => {
      for (const answer of waiting.splice(0)) answer('{"error":"the interpreter ended"}');
    });
    return started;
  };

  const ask = async <Result>(job: PythonJob<Result>): Promise<JobOutcome<Result>> => {
    child ??= start();
    const answered = new Promise<string>((answer) => waiting.push(answer));
    const paths = Object.fromEntries(job.mounts.map((mount) => [mount.name, mount.host]));
    child.stdin?.write(`${JSON.stringify({ name: job.name, args: job.args, paths })}\n`);
    const answer = JSON.parse(await answered) as { value?: unknown; error?: string };
    if (answer.error !== undefined) return { kind: 'crashed', reason: answer.error, log: answer.error, usage };
    return { kind: 'done', value: job.result.parse(answer.value), log: '', usage };
  };

  return {
    run: (job) => {
      const turn = before.then(() => ask(job));
      before = turn.catch(() => undefined);
      return turn;
    },
    dispose: async () => {
      child?.kill();
      child = undefined;
    },
  };
}
