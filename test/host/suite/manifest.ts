// The manifest holds together: what it refers to exists, and it says nothing that only works on one machine.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { appUnderTest } from './extension-under-test.ts';

interface Entry {
  readonly command: string;
  readonly when?: string;
}

const root = vscode.extensions.getExtension('mle-forge.mle-forge')?.extensionPath ?? '';
// Read from disk: a remote extension host rewrites scheme tests in the manifest that it hands out.
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const { contributes } = JSON.parse(text);
const commands: string[] = contributes.commands.map((entry: Entry) => entry.command);
const menus = new Map<string, Entry[]>(Object.entries(contributes.menus));

describe('the manifest', () => {
  before(() => appUnderTest());

  it('has words for every string, and no words without use', () => {
    const words = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')));
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), words.sort());
  });

  it('puts only its own commands into menus', () => {
    for (const [menu, entries] of menus) {
      for (const { command } of entries) assert.ok(commands.includes(command), `${command} in ${menu}`);
    }
  });

  it('keeps commands that need a row out of the palette', () => {
    const hidden = (menus.get('commandPalette') ?? [])
      .filter(({ when }) => when === 'false')
      .map((entry) => entry.command);
    for (const command of ['dismissRun', 'revealTask', 'openTaskTerminal', 'copyTaskPath', 'trashTask']) {
      assert.ok(hidden.includes(`mleForge.${command}`), command);
    }
  });

  it('tests no scheme, which differs in remote windows', () => {
    for (const entries of menus.values()) {
      for (const { when } of entries) assert.doesNotMatch(when ?? '', /resourceScheme/);
    }
  });

  it('names files that are there: icons, walkthrough, schema', () => {
    const files = [...text.matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)].map(([, file]) => file ?? '');
    assert.ok(files.length > 5);
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('leads from the welcome text and the walkthrough to commands that exist', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const words = readFileSync(path.join(root, 'package.nls.json'), 'utf8');
    const linked = [...words.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? '');
    assert.ok(linked.length > 4);
    for (const command of linked) assert.ok(known.has(command), command);
  });

  it('groups its settings, each with an order and a description', () => {
    assert.ok(contributes.configuration.length >= 3);
    for (const { properties } of contributes.configuration) {
      for (const [key, setting] of Object.entries<{ order?: number; markdownDescription?: string }>(properties)) {
        assert.equal(typeof setting.order, 'number', key);
        assert.equal(typeof setting.markdownDescription, 'string', key);
      }
    }
  });
});
