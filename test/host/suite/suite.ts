// The extension seen from inside: manifest and code agree, findings become diagnostics, nothing is left behind.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension/extension.ts';
import { toDiagnostic } from '../../../src/extension/problems/diagnostics.ts';
import { settingKeys } from '../../../src/extension/settings.ts';
import './manifest.ts';
import './forging.ts';
import './tasks-view.ts';
import './agents.ts';
import './grader.ts';
import './grading.ts';
import './models.ts';
import './problems.ts';
import './report.ts';
import './save-latency.ts';
import './testing.ts';
import './activations.ts'; // Last: it replaces the features that the others look at.
import { finding } from './sample-finding.ts';

const extension = vscode.extensions.getExtension<ExtensionApi>('mle-forge.mle-forge');

describe('the extension', () => {
  before(async () => {
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
  });

  it('registers every command that its manifest contributes', async () => {
    const contributed: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = await vscode.commands.getCommands(true);
    for (const { command } of contributed) assert.ok(registered.includes(command), command);
  });

  it('reads exactly the settings that its manifest declares', () => {
    const groups: { properties: object }[] = extension?.packageJSON.contributes.configuration;
    const declared = groups
      .flatMap(({ properties }) => Object.keys(properties))
      .map((key) => key.replace('mleForge.', ''));
    assert.deepEqual(declared.sort(), [...settingKeys].sort());
  });

  it('offers the dataset entry on folders that are on a disk and only when the workspace is trusted', () => {
    // Read from disk: a remote extension host rewrites scheme tests in the manifest that it hands out.
    const manifest = JSON.parse(readFileSync(path.join(extension?.extensionPath ?? '', 'package.json'), 'utf8'));
    const entries: { command: string; when: string }[] = manifest.contributes.menus['explorer/context'];
    const when = entries.find((entry) => entry.command === 'mleForge.forgeTask')?.when ?? '';
    for (const part of ['explorerResourceIsFolder', 'isWorkspaceTrusted', '!virtualWorkspace'])
      assert.ok(when.includes(part), part);
  });

  it('shows the page of a check behind its code', async () => {
    const target = toDiagnostic('/task', finding).code;
    assert.ok(typeof target === 'object');
    const page = await vscode.workspace.openTextDocument(target.target);
    assert.match(page.getText(), /^# LEK001: /);
  });
});
