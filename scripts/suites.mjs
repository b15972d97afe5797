// The suites of npm test. Each returns how many tests passed, failed and were skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareBrowser, prepareCodeServer, prepareExtension } from './editor-under-test.mjs';
import { prepareGemma, prepareLlama, root } from './toolchain.mjs';

const tool = (name) => path.join(root, 'node_modules', '.bin', name);

function shell(command, args, env = {}) {
  const outcome = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return outcome.status === 0;
}

/** A suite of commands that either hold or do not: linters, type checkers, guards. */
function checks(list) {
  return ({ python }) => {
    const failed = list(python).filter(([command, ...args]) => !shell(command, args)).length;
    return { passed: list(python).length - failed, failed };
  };
}

/** Counts the cases of a JUnit file; a run that wrote none counts as one failure. */
function fromJunit(file, ok) {
  if (!existsSync(file)) return { passed: 0, failed: 1, note: 'the runner wrote no report' };
  const cases = readFileSync(file, 'utf8').match(/<testcase\b[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
  const failed = cases.filter((text) => /<(failure|error)\b/.test(text)).length;
  const skipped = cases.filter((text) => /<skipped\b/.test(text)).length;
  const lost = !ok && failed === 0 ? 1 : 0;
  return { passed: cases.length - failed - skipped, failed: failed + lost, skipped };
}

function nodeTests(name, pattern, env = {}) {
  return ({ python, results }) => {
    const file = path.join(results, `${name}.xml`);
    const reporters = [
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=junit',
      `--test-reporter-destination=${file}`,
    ];
    const ok = shell(process.execPath, ['--test', '--test-concurrency=2', ...reporters, pattern], {
      MLE_FORGE_PYTHON: python,
      ...env,
    });
    return fromJunit(file, ok);
  };
}

/** Tests that need a browser and an editor; skipped aloud where they cannot be had. */
function inEditor(name, pattern) {
  return (context) => {
    const browser = prepareBrowser();
    if (browser.problem) return { passed: 0, failed: 0, skipped: 1, note: browser.problem };
    const shots = path.join(context.results, 'shots');
    const env = { CHROMIUM: browser.path, CODE_SERVER: prepareCodeServer(), VSIX: prepareExtension(), SHOTS: shots };
    return nodeTests(name, pattern, env)(context);
  };
}

/** Tests against a real llama.cpp engine; skipped aloud where it cannot be had. */
function withLlama(name, pattern) {
  return (context) => {
    const { folder, problem } = prepareLlama();
    if (problem) return { passed: 0, failed: 0, skipped: 1, note: problem };
    // 240 MB and some minutes: only when it is asked for.
    const small = process.env.MLE_FORGE_TEST_GEMMA === '1' ? prepareGemma(context.python) : {};
    const env = {
      MLE_FORGE_LLAMA: folder,
      MLE_FORGE_GEMMA: small.file ?? '',
      MLE_FORGE_GEMMA_PROBLEM: small.problem ?? '',
    };
    return nodeTests(name, pattern, env)(context);
  };
}

/** The short run of npm run defects: fails when too few planted faults are found or mutants killed, or on a false error. */
function defects({ python }) {
  const programs = ['main.ts', 'mutation-main.ts'];
  const failed = programs.filter(
    (name) =>
      !shell(process.execPath, [path.join(root, 'test/defects', name), '--quick'], { MLE_FORGE_PYTHON: python }),
  ).length;
  return { passed: programs.length - failed, failed };
}

export const suites = [
  {
    name: 'lint',
    what: 'Biome, Ruff, dead code, the layers',
    run: checks((python) => [
      [tool('biome'), 'ci', '--error-on-warnings', '.'],
      [python, '-m', 'ruff', 'check', 'src', 'test'],
      [python, '-m', 'ruff', 'format', '--check', 'src', 'test'],
      [tool('knip')],
    ]),
  },
  {
    name: 'types',
    what: 'TypeScript (core without editor types, then the editor), mypy',
    run: checks((python) => [
      [tool('tsc'), '-p', 'tsconfig.json'],
      [tool('tsc'), '-p', 'src/extension/tsconfig.json'],
      [tool('tsc'), '-p', 'webview/tsconfig.json'],
      [python, '-m', 'mypy'],
    ]),
  },
  { name: 'unit', what: 'TypeScript unit tests', run: nodeTests('unit', 'test/unit/**/*.test.ts') },
  {
    name: 'python',
    what: 'Python unit tests',
    run: ({ python, results }) => {
      const file = path.join(results, 'python.xml');
      return fromJunit(file, shell(python, ['-m', 'pytest', '-q', '--maxfail=20', `--junitxml=${file}`]));
    },
  },
  { name: 'golden', what: 'golden transcripts and files', run: nodeTests('golden', 'test/golden/**/*.test.ts') },
  { name: 'cli', what: 'the command line on real data', run: nodeTests('cli', 'test/cli/**/*.test.ts') },
  { name: 'defects', what: 'a sample of planted faults and of mutated graders', run: defects },
  { name: 'llama', what: 'a real llama.cpp engine', run: withLlama('llama', 'test/llama/*.test.ts') },
  { name: 'host', what: 'mocha inside the extension host', run: inEditor('host', 'test/host/*.test.ts') },
  { name: 'e2e', what: 'a person in a real VS Code', run: inEditor('e2e', 'test/e2e/*.test.ts') },
];
