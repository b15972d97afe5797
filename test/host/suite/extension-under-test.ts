// The extension as it runs in this window, and small helpers for tests that look at it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { App } from '../../../src/extension/app.ts';
import type { ExtensionApi } from '../../../src/extension/extension.ts';
import { specOf } from '../../support/packages.ts';

/** The shared state of the running extension. */
export async function appUnderTest(): Promise<App> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('mle-forge.mle-forge');
  assert.ok(extension, 'the extension is not installed');
  return (await extension.activate()).app;
}

/** Path of the workspace folder with a name; of the only one without. */
export function workspaceFolder(name?: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = name === undefined ? folders.at(0) : folders.find((each) => each.name === name);
  assert.ok(folder, `no workspace folder ${name}`);
  return folder.uri.fsPath;
}

/** Writes the smallest package that the view can read. */
export function writeTaskFolder(out: string, id: string): string {
  const folder = path.join(out, id);
  for (const part of ['baselines', 'data/public', 'data/private', 'verification']) {
    mkdirSync(path.join(folder, part), { recursive: true });
  }
  writeFileSync(path.join(folder, 'description.md'), '# A task\n');
  writeFileSync(path.join(folder, 'data/private/test_answer.csv'), 'id,y\n');
  writeFileSync(path.join(folder, 'task.json'), JSON.stringify(specOf(id)));
  return folder;
}

/** Waits for something that the editor does in its own time. */
export async function until(what: () => boolean, milliseconds = 20_000): Promise<void> {
  for (let waited = 0; waited < milliseconds && !what(); waited += 50) await sleep(50);
  assert.ok(what(), `it did not happen within ${milliseconds} ms: ${what}`);
}

/** Answers the next question of a command with the button of that name, and runs `body` meanwhile. */
export async function answering(button: string | undefined, body: () => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const original = vscode.window.showWarningMessage;
  const stub = async (message: string, ...rest: unknown[]): Promise<unknown> => {
    asked.push(message);
    return rest.find((item) => item === button);
  };
  Reflect.set(vscode.window, 'showWarningMessage', stub);
  try {
    await body();
  } finally {
    Reflect.set(vscode.window, 'showWarningMessage', original);
  }
  return asked;
}
