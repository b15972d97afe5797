// The guards of docs/architecture.md must bite: a rule that never fires protects nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../../..');
const biome = path.join(root, 'node_modules/.bin/biome');

/** Lints text as if it stood in the given file of this repository; returns what Biome prints. */
function lint(file: string, text: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'layers-'));
  try {
    copyFileSync(path.join(root, 'biome.json'), path.join(copy, 'biome.json'));
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(copy, file), text);
    const outcome = spawnSync(biome, ['lint', '--vcs-enabled=false', file], { cwd: copy, encoding: 'utf8' });
    return `${outcome.stdout}${outcome.stderr}`;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

for (const [file, imported] of [
  ['src/task/example.ts', '../runtime/port.ts'],
  ['src/dataset/example.ts', '../verify/contract.ts'],
  ['src/verify/example.ts', '../forge/events.ts'],
  ['src/forge/example.ts', '../cli/main.ts'],
  ['src/forge/example.ts', '../toolset/host.ts'],
  ['src/toolset/example.ts', '../cli/main.ts'],
  ['src/agents/designer/example.ts', '../../forge/events.ts'],
] as const) {
  test(`${file} may not import ${imported}`, () => {
    assert.match(lint(file, `export * from '${imported}';\n`), /may only import from the floors below/);
  });
}

test('an import that goes down is fine', () => {
  assert.doesNotMatch(lint('src/forge/example.ts', "export * from '../task/findings.ts';\n"), /noRestrictedImports/);
});

test('only the extension may import vscode', () => {
  const text = "import * as vscode from 'vscode';\nexport const version = vscode.version;\n";
  assert.match(lint('src/forge/example.ts', text), /Only src\/extension may import vscode/);
  assert.doesNotMatch(lint('src/extension/example.ts', text), /noRestrictedImports/);
});

test('the core is type-checked without the types of the editor', () => {
  const config = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
  assert.deepEqual(config.compilerOptions.types, ['node']);
  assert.ok(config.exclude.includes('src/extension'));
});
