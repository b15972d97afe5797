// Keys of providers, in the secret storage of the editor: never in a setting, a file or a log.
import * as vscode from 'vscode';
import type { KeySource } from '../../models/endpoint.ts';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';

const secretName = (variable: string): string => `mleForge.key.${variable}`;

/** The keys of these variables, as the core asks for them. */
export async function storedKeys(
  { secrets }: vscode.ExtensionContext,
  variables: readonly string[],
): Promise<KeySource> {
  const known = await Promise.all(
    variables.map(async (variable) => [variable, await secrets.get(secretName(variable))] as const),
  );
  const keys = new Map(known);
  return (variable) => keys.get(variable);
}

export function registerSetModelKey(app: App): void {
  app.command('mleForge.setModelKey', () => reportingErrors(app, () => askKey(app)));
}

interface ProviderItem extends vscode.QuickPickItem {
  readonly variable: string;
  readonly isStored: boolean;
}

async function askKey({ context }: App): Promise<void> {
  const chosen = await vscode.window.showQuickPick(providerItems(context), {
    title: vscode.l10n.t('Set Model Key'),
    placeHolder: vscode.l10n.t('Whose key? It is kept in the secret storage of the editor.'),
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const key = await vscode.window.showInputBox({
    title: chosen.label,
    prompt: chosen.isStored
      ? vscode.l10n.t('The key. Leave it empty to remove the one that is stored.')
      : vscode.l10n.t('The key'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\x21-\x7e]*$/.test(text.trim()) ? undefined : vscode.l10n.t('A key has no blanks and no line breaks.'),
  });
  if (key === undefined) return;
  await storeKey(context, chosen.variable, key.trim());
}

/** An empty key removes the one that is there. */
async function storeKey({ secrets }: vscode.ExtensionContext, variable: string, key: string): Promise<void> {
  if (key === '') await secrets.delete(secretName(variable));
  else await secrets.store(secretName(variable), key);
  const said =
    key === ''
      ? vscode.l10n.t('The key for {0} was removed.', variable)
      : vscode.l10n.t('The key for {0} is stored.', variable);
  vscode.window.setStatusBarMessage(said, statusMs);
}

const statusMs = 10_000;

async function providerItems({ secrets }: vscode.ExtensionContext): Promise<ProviderItem[]> {
  const { providers } = await import('../../models/providers.ts');
  return Promise.all(
    providers.map(async ({ title, keyVariable }) => {
      const isStored = (await secrets.get(secretName(keyVariable))) !== undefined;
      const inEnvironment = (process.env[keyVariable] ?? '') !== '';
      return {
        label: title,
        description: isStored
          ? vscode.l10n.t('stored')
          : inEnvironment
            ? vscode.l10n.t('from the environment')
            : vscode.l10n.t('no key'),
        detail: keyVariable,
        variable: keyVariable,
        isStored,
      };
    }),
  );
}
