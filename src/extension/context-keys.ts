// What menus and enablement may test.
import * as vscode from 'vscode';
import type { App } from './app.ts';
import { isActive, isResumable } from './runs/run-state.ts';

export function registerContextKeys(app: App): void {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', `mleForge.${key}`, value);
  };
  const update = (): void => {
    const runs = app.runs.all();
    set(
      'running',
      runs.some((run) => isActive(run) || run.isStopping),
    );
    set('resumable', runs.some(isResumable));
    set('hasTasks', app.tasks.all().length > 0);
  };
  app.context.subscriptions.push(app.tasks.onDidChange(update), app.runs.onDidChange(update));
  update();
}
