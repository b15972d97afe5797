// The only user of the webview toolkit (archived upstream): replacing it means replacing this file.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider, vsCodeLink } from '@vscode/webview-ui-toolkit';

/** Registers the elements that the page uses. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider(), vsCodeLink());
}

/** A button with a text that may be hostile. */
export function button(text: string, onClick: () => void): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', 'secondary');
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}
