// The log channel of the extension; its level is under the user's control in the Output view.
import * as vscode from 'vscode';
import type { Log, LogLevel } from '../task/ports.ts';
import type { App } from './app.ts';

export class ChannelLog implements Log, vscode.Disposable {
  readonly channel = vscode.window.createOutputChannel('MLE Forge', { log: true });

  write(level: LogLevel, message: string): void {
    this.channel[level](message);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

export function registerLogCommand(app: App): void {
  app.command('mleForge.showLog', () => app.log.channel.show());
}
