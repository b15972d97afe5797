// Runs the real command line in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** The sources, or the built bundle that MLE_FORGE_CLI names. */
export const cliFile = process.env['MLE_FORGE_CLI'] ?? path.resolve(import.meta.dirname, '../../src/cli/main.ts');
const timeLimitMs = 240_000;

export interface Outcome {
  /** Exit status; null when a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the given command line, for instance in another namespace. */
  readonly wrap?: (command: readonly string[]) => readonly string[];
  /** Told of the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `mle-forge` with these arguments to its end. */
export function mleForge(args: readonly string[], options: Invocation = {}): Promise<Outcome> {
  const plain = [process.execPath, cliFile, ...args];
  const [file = '', ...rest] = options.wrap?.(plain) ?? plain;
  const child = spawn(file, rest, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeLimitMs,
  });
  options.onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
