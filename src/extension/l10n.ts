// The part of `vscode.l10n` that words need; passed in, so that modules with words can be tested without an editor.

export interface L10n {
  t(message: string, ...values: (string | number | boolean)[]): string;
}
