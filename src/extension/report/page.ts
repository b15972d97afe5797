// The frame of the page. The policy lets it run one script of the extension and load nothing from elsewhere.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the script and the style of the page are. */
export function pageAssets(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** The HTML of the page. Thumbnails are PNGs within messages, hence `img-src data:`. */
export function pageHtml(webview: vscode.Webview, assets: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(assets, 'report.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(assets, 'report.css'));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
<title>MLE Forge</title>
</head>
<body>
<div id="news" role="status" aria-live="polite"></div>
<main id="report"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
