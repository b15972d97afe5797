// A saved file of a task is checked at once: first what answers within a moment, then the rest that depends on it.
import path from 'node:path';
import * as vscode from 'vscode';
import { describeError, ForgeError } from '../../task/errors.ts';
import { type Affected, affectedBy } from '../../verify/affected.ts';
import type { App } from '../app.ts';
import { readSettings } from '../settings.ts';
import { taskAround } from '../task-folder.ts';

/** "Save all" comes as many events; they are one change. */
const SETTLE_MS = 40;

interface Pending {
  readonly files: Set<string>;
  timer: NodeJS.Timeout;
}

export function registerVerifyOnSave(app: App): void {
  const pending = new Map<string, Pending>();
  app.context.subscriptions.push(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const folder = uri.scheme === 'file' ? taskAround(uri.fsPath) : undefined;
      if (folder === undefined) return;
      const file = path.relative(folder, uri.fsPath).split(path.sep).join('/');
      if (affectedBy(file) === null) return;
      if (!vscode.workspace.isTrusted || modeOf(uri) === 'off') return app.verifications.touch(folder);
      app.verifier.giveUp(folder);
      const waiting = pending.get(folder);
      clearTimeout(waiting?.timer);
      const files = (waiting?.files ?? new Set<string>()).add(file);
      const timer = setTimeout(() => {
        pending.delete(folder);
        void verifyChanged(app, folder, [...files]);
      }, SETTLE_MS);
      pending.set(folder, { files, timer });
    }),
    {
      dispose: () => {
        for (const { timer } of pending.values()) clearTimeout(timer);
      },
    },
  );
}

function modeOf(scope: vscode.Uri): 'affected' | 'everything' | 'off' {
  try {
    return readSettings(scope).verifyOnSave;
  } catch {
    return 'off'; // a setting that does not fit is told by the commands; a save stays quiet
  }
}

async function verifyChanged(app: App, folder: string, files: readonly string[]): Promise<void> {
  const everything = modeOf(vscode.Uri.file(folder)) === 'everything';
  try {
    await app.verifier.verify(folder, { origin: 'save', ...(everything ? {} : { stages: stagesOf(files) }) });
  } catch (error) {
    if (error instanceof ForgeError && error.kind === 'cancelled') return;
    // Nobody asked for this verification: it fails in the status and in the log, not in a notification.
    app.log.write('warn', `${folder}: not verified after the save: ${describeError(error)}`);
  }
}

function stagesOf(files: readonly string[]): Affected['first'][] {
  const affected = files.flatMap((file) => affectedBy(file) ?? []);
  const first = [...new Set(affected.flatMap((each) => each.first))];
  const later = [...new Set(affected.flatMap((each) => each.later))].filter((family) => !first.includes(family));
  // Every stage reads the structure, which is remembered: what is broken there leaves the others nothing to measure.
  return later.length === 0 ? [first] : [first, ['STR', ...later]];
}
