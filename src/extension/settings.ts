// Settings as the code sees them: checked, with defaults, for one folder.
import * as vscode from 'vscode';
import { ForgeError } from '../task/errors.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';

export const settingKeys = Object.keys(settingsSchema.shape) as (keyof Settings)[];

/**
 * The settings that hold for a folder of the workspace.
 * @throws ForgeError naming the setting when a value does not fit.
 */
export function readSettings(scope: vscode.Uri | undefined): Settings {
  const section = vscode.workspace.getConfiguration('mleForge', scope);
  const values = Object.fromEntries(settingKeys.map((key) => [key, section.get(key)]));
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ForgeError(
    'BAD_SETTING',
    `The setting mleForge.${issue?.path.join('.')} does not fit: ${issue?.message}.`,
    'Change it in the settings.',
  );
}

/** The output folder of a workspace folder. A value of the wrong type is told when something is forged; looking around goes on without it. */
export function outputSetting(folder: vscode.Uri): string {
  const value: unknown = vscode.workspace.getConfiguration('mleForge', folder).get('outputFolder');
  return typeof value === 'string' ? value : '';
}
