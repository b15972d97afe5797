// The only user of the webview toolkit (archived upstream): replacing it means replacing this file.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider } from '@vscode/webview-ui-toolkit';

/** Registers the elements that the page uses. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider());
}

export interface ButtonOptions {
  /** Stays the same when the page is drawn again, so that the focus finds its place. */
  readonly key: string;
  readonly look?: 'primary' | 'secondary' | 'icon';
  /** What a screen reader says instead of the text. */
  readonly label?: string;
}

/** A button with a text that may be hostile. */
export function button(
  text: string,
  onClick: () => void,
  { key, look = 'secondary', label }: ButtonOptions,
): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', look);
  element.dataset['key'] = key;
  if (label !== undefined) {
    element.setAttribute('aria-label', label);
    element.title = label;
  }
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}

/** A line between two sections. */
export function divider(): HTMLElement {
  return document.createElement('vscode-divider');
}
