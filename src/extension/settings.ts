// Settings as the code sees them: checked, with defaults, for one folder. package.json declares the same keys.
import * as vscode from 'vscode';
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';

const settingsSchema = z.object({
  python: z.string().default(''),
  outputFolder: z.string().default(''),
  maxTasks: z.int().min(1).max(50).default(3),
  seed: z.int().min(0).default(0),
  allowUnsandboxed: z.boolean().default(false),
  verifyOnSave: z.enum(['affected', 'everything', 'off']).default('affected'),
  codeLens: z.boolean().default(true),
  fileDecorations: z.boolean().default(true),
  mcpServer: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

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
