// The managed environment: a virtual environment of our own from the pinned, hashed requirements.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { writeFileAtomic } from '../task/atomic-write.ts';
import { cancelled, ForgeError } from '../task/errors.ts';
import { sha256 } from '../task/hashing.ts';
import { findPythonHalf } from './python-half.ts';

const requirementsFile = 'requirements.txt';
const readyMarker = '.ready';
/** Path of the interpreter inside a virtual environment. */
export const pythonInVenv = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';

function defaultRoot(): string {
  if (process.platform === 'win32')
    return path.join(process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'mle-forge');
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'mle-forge');
}

async function place(
  root: string | undefined,
  pythonHalf?: string,
): Promise<{ folder: string; python: string; requirements: string }> {
  const requirements = path.join(findPythonHalf(pythonHalf), requirementsFile);
  const hash = sha256(await readFile(requirements)).slice(0, 12);
  const folder = path.join(root ?? defaultRoot(), `env-${hash}`);
  const python = path.join(folder, pythonInVenv);
  return { folder, python, requirements };
}

/** Interpreter of the finished managed environment for the current requirements; undefined when there is none. */
export async function managedPython(root?: string, pythonHalf?: string): Promise<string | undefined> {
  const { folder, python } = await place(root, pythonHalf);
  const ready = await readFile(path.join(folder, readyMarker), 'utf8').catch(() => undefined);
  return ready === undefined ? undefined : python;
}

export interface CreateOptions {
  /** A Python 3.11 or newer to build on. */
  readonly base: string;
  readonly root?: string;
  readonly pythonHalf?: string;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/**
 * Creates the managed environment, or returns the one that is ready. Returns the path of its interpreter.
 * Virtual environments cannot be moved, so it is built in place and counts only once its marker is written.
 * @throws ForgeError of kind `environment` with the exact command that failed and its remedy.
 */
export async function createManagedEnvironment(options: CreateOptions): Promise<string> {
  const { folder, python, requirements } = await place(options.root, options.pythonHalf);
  const ready = await managedPython(options.root, options.pythonHalf);
  if (ready !== undefined) return ready;
  const unlock = await lock(`${folder}.lock`);
  try {
    await rm(folder, { recursive: true, force: true });
    const uv = await execa('uv', ['--version'], { reject: false });
    const [make, install] = uv.failed
      ? [
          [options.base, '-m', 'venv', folder],
          [python, '-m', 'pip', 'install', '--disable-pip-version-check', '--require-hashes', '-r', requirements],
        ]
      : [
          ['uv', 'venv', '--python', options.base, folder],
          ['uv', 'pip', 'install', '--python', python, '--require-hashes', '-r', requirements],
        ];
    await step(make, 'On Debian and Ubuntu: apt-get install python3-venv.', options);
    await step(install, 'Check the network connection and the free disk space (about 1 GB), then try again.', options);
    await writeFileAtomic(path.join(folder, readyMarker), `${new Date(0).toISOString()}\n`);
    return python;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await unlock();
  }
}

async function step(command: readonly string[], remedy: string, { signal, onLine }: CreateOptions): Promise<void> {
  const [file = '', ...args] = command;
  onLine(command.join(' '));
  const child = execa(file, args, { reject: false, cancelSignal: signal, all: true, stdin: 'ignore', lines: true });
  const outcome = await child;
  if (outcome.isCanceled) throw cancelled();
  if (!outcome.failed) return;
  const said =
    outcome.all
      ?.filter((line) => line.trim() !== '')
      .slice(-3)
      .join(' ') ?? '';
  throw new ForgeError(
    'ENVIRONMENT',
    `The Python environment could not be created: ${command.join(' ')} failed. ${said}`,
    remedy,
    'environment',
  );
}

/** Two creators would write over each other. */
async function lock(file: string): Promise<() => Promise<void>> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
  } catch (error) {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && isRunning(owner)) {
      throw new ForgeError(
        'ENVIRONMENT_BUSY',
        `Another process (${owner}) is creating the Python environment.`,
        'Wait until it has finished and try again.',
        'environment',
        error,
      );
    }
    await rm(file, { force: true });
    return lock(file);
  }
  return () => rm(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
