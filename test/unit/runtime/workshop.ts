// A folder, an interpreter and a way to look for processes that a job left behind.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { JobOutcome, Limits, PythonJob, PythonRuntime } from '../../../src/runtime/port.ts';
import { createPythonRuntime } from '../../../src/runtime/runtime.ts';
import { silentLog } from '../../../src/task/ports.ts';

const venv = path.resolve(import.meta.dirname, '../../../.cache/venv/bin/python');
export const python = process.env['MLE_FORGE_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');

/** Small enough that crossing one takes a moment, large enough for numpy and pandas. */
export const smallLimits: Limits = {
  wallSeconds: 20,
  cpuSeconds: 10,
  memoryBytes: 700 * 2 ** 20,
  processes: 24,
  fileBytes: 20 * 2 ** 20,
  diskBytes: 60 * 2 ** 20,
  files: 300,
  outputBytes: 200_000,
};

export class Workshop {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'forge-workshop-')));
  readonly work = path.join(this.folder, 'work');
  readonly secret = path.join(this.folder, 'private', 'answers.csv');
  readonly runtime: PythonRuntime;

  constructor(interpreter = python) {
    this.runtime = createPythonRuntime({ python: interpreter, isolation: 'required', log: silentLog });
    mkdirSync(this.work);
    mkdirSync(path.dirname(this.secret));
    writeFileSync(this.secret, 'id,y\n1,secret\n');
  }

  /** Runs Python source as a job that may write to its work folder. */
  async run<Result = unknown>(
    source: string,
    options: {
      mode?: 'warm' | 'cold';
      limits?: Partial<Limits>;
      argv?: readonly string[];
      result?: z.ZodType<Result>;
      signal?: AbortSignal;
    } = {},
  ): Promise<JobOutcome<Result>> {
    const code = path.join(this.folder, 'code');
    mkdirSync(code, { recursive: true });
    writeFileSync(path.join(code, 'script.py'), source);
    rmSync(this.work, { recursive: true, force: true });
    mkdirSync(this.work);
    const job: PythonJob<Result> = {
      name: 'execute.script',
      args: { mount: 'code', file: 'script.py', argv: options.argv ?? [] },
      result: options.result ?? (z.unknown() as z.ZodType<Result>),
      mounts: [
        { name: 'code', host: code, access: 'read' },
        { name: 'desk', host: this.work, access: 'write' },
      ],
      mode: options.mode ?? 'warm',
      limits: { ...smallLimits, ...options.limits },
    };
    return await this.runtime.run(job, options.signal ?? new AbortController().signal);
  }

  /** Processes that still live in a sandbox of this workshop; the kernel has a moment to finish killing. */
  async leftBehind(): Promise<string[]> {
    let found: string[] = [];
    for (let attempt = 0; attempt < 60; attempt++) {
      found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && this.#sees(pid));
      if (found.length === 0) return found;
      await sleep(50);
    }
    return found;
  }

  async end(): Promise<void> {
    await this.runtime.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Only a process inside the sandbox has the work folder among its mounts. */
  #sees(pid: string): boolean {
    try {
      return readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(path.basename(this.folder));
    } catch {
      return false;
    }
  }
}
