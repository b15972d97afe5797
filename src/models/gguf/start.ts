// Starts the engine for a GGUF file, where the user has installed the optional package for it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ForgeError } from '../../task/errors.ts';

/** Environment variable that names the folder in which node-llama-cpp was installed. */
export const llamaVariable = 'MLE_FORGE_LLAMA';
const packageVersion = '3.22.1';
/** More threads spin on a busy machine: two on two busy cores were up to 28 times slower than one. */
const threads = 1;
const contextSize = 8192;
/** Loading reads the whole file. */
const longestStartMs = 5 * 60_000;

/** Magic, version, number of tensors, number of keys. */
const headerBytes = 24;
const newestVersion = 3;
/** Far more tensors and keys than any model has. */
const mostEntries = 1_000_000n;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The base URL of an engine that serves the file; it ends with this process.
 * @throws ForgeError `GGUF_MISSING`, `GGUF_ENGINE_MISSING` or `GGUF_ENGINE_FAILED`.
 */
export async function startGguf(file: string, env: Env): Promise<string> {
  if (!existsSync(file)) {
    throw new ForgeError(
      'GGUF_MISSING',
      `There is no model file ${file}.`,
      'Write gguf:PATH with the path of a GGUF file.',
    );
  }
  await requireHeader(file);
  const packages = env[llamaVariable]?.trim() || usualFolder(env);
  if (!existsSync(path.join(packages, 'node_modules', 'node-llama-cpp'))) {
    const platform = `${process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'}-${process.arch}`;
    throw new ForgeError(
      'GGUF_ENGINE_MISSING',
      'The engine for GGUF files is an optional package, and it is not installed.',
      `Run: npm install --omit=optional --prefix "${packages}" node-llama-cpp@${packageVersion} @node-llama-cpp/${platform}@${packageVersion}`,
      'environment',
    );
  }
  const child = spawn(
    process.execPath,
    [serverFile(), packages, path.resolve(file), String(threads), String(contextSize)],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: env['PATH'], ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
    },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), longestStartMs);
  const said = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', (error) => resolve(JSON.stringify({ error: error.message })));
    child.once('close', () => resolve('{"error": "it ended before it was ready"}'));
  });
  clearTimeout(timer);
  const { url, error } = JSON.parse(said) as { url?: string; error?: string };
  if (url === undefined) throw unloadable(file, error ?? 'no reason given');
  // The engine ends with this process and must not keep it.
  child.unref();
  for (const stream of [child.stdin, child.stdout])
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  return url;
}

/** The engine's reader believes any header and counts to what it says; a file that is none must not get that far. */
async function requireHeader(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    const good =
      bytesRead === headerBytes &&
      buffer.toString('latin1', 0, 4) === 'GGUF' &&
      buffer.readUInt32LE(4) <= newestVersion &&
      buffer.readBigUInt64LE(8) < mostEntries &&
      buffer.readBigUInt64LE(16) < mostEntries;
    if (!good) throw unloadable(file, 'it does not begin like a GGUF file');
  } finally {
    await handle.close();
  }
}

function unloadable(file: string, why: string): ForgeError {
  return new ForgeError(
    'GGUF_ENGINE_FAILED',
    `The engine could not load ${file}: ${why}.`,
    'Check that the file is a GGUF chat model that this version of llama.cpp reads.',
    'environment',
  );
}

/** Beside the bundle once built, beside the sources in a checkout. */
function serverFile(): string {
  const here = import.meta.dirname ?? __dirname;
  const built = path.join(here, 'late', 'gguf.cjs');
  return existsSync(built) ? built : path.join(here, 'server-main.ts');
}

function usualFolder(env: Env): string {
  if (process.platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? homedir(), 'mle-forge', 'llama');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'mle-forge', 'llama');
}
