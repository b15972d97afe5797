// The page behind a finding's code: a read-only document made from the catalogue, so that the link works offline.
import * as vscode from 'vscode';
import { checkOf } from '../../verify/catalogue.ts';
import type { App } from '../app.ts';

const scheme = 'mle-forge-check';

/** Link to the page of a check. */
export function checkPage(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${code}.md` });
}

/** Markdown about one check: what it proves, why, how it is measured and what to do. */
function pageText(code: string): string {
  const check = checkOf(code);
  if (check === undefined) return `# ${code}\n\nThis version of MLE Forge knows no check with this code.\n`;
  return [
    `# ${check.code}: ${check.title}`,
    `Severity: ${check.severity}`,
    '## Why it matters',
    check.why,
    '## How it is measured',
    check.measured,
    '## What to do',
    check.remedy,
    '',
  ].join('\n\n');
}

export function registerCheckPages(app: App): void {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: (uri) => pageText(uri.path.replace(/^\/|\.md$/g, '')),
  };
  app.context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(scheme, provider));
}
