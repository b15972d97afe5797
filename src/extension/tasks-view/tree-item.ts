// A row as the editor shows it.
import * as vscode from 'vscode';
import type { Row, TooltipLine } from './row.ts';

export function treeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible(row));
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon.id, row.icon.color ? new vscode.ThemeColor(row.icon.color) : undefined);
  item.contextValue = row.context;
  item.tooltip = tooltip(row.tooltip);
  item.accessibilityInformation = { label: row.spoken };
  const command = commandOf(row);
  if (command !== undefined) item.command = command;
  return item;
}

function collapsible({ children, lists, isExpanded }: Row): vscode.TreeItemCollapsibleState {
  if (children === undefined && lists === undefined) return vscode.TreeItemCollapsibleState.None;
  return isExpanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** Titles, messages and paths come from datasets and packages: all of it is text, nothing is a link or a command. */
export function tooltip(lines: readonly TooltipLine[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = false;
  text.supportHtml = false;
  text.supportThemeIcons = false;
  for (const { label, value } of lines) {
    if (label !== '') text.appendMarkdown('**').appendText(label).appendMarkdown('** ');
    text.appendText(value).appendMarkdown('\n\n');
  }
  return text;
}

function commandOf({ action, label }: Row): vscode.Command | undefined {
  if (action === undefined) return undefined;
  if (action.kind === 'command') return { command: action.id, title: label };
  const selection = new vscode.Range(action.line, 0, action.line, 0);
  const uri = vscode.Uri.file(action.file);
  return { command: 'vscode.open', title: label, arguments: [uri, { selection, preview: true }] };
}
