// The findings of all tasks as entries of the Problems view, kept on their text while it is edited.
import * as vscode from 'vscode';
import type { Finding } from '../../task/findings.ts';
import { isWithin } from '../../task/within.ts';
import type { Verifications } from '../verification/verifications.ts';
import { type Change, shifted } from './anchors.ts';
import { fileOf, toDiagnostic } from './diagnostics.ts';

/** A finding in the place where its text is now. */
export interface Entry {
  readonly task: string;
  readonly finding: Finding;
}

export class Problems implements vscode.Disposable {
  readonly collection = vscode.languages.createDiagnosticCollection('mle-forge');
  /** By the text of the file's URI. */
  readonly #entries = new Map<string, Entry[]>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(verifications: Verifications) {
    const stop = verifications.onDidChange(({ folder, state, verified }) => {
      if (verified || (state?.report ?? null) === null) this.show(folder, state?.report?.findings ?? []);
      else if (!this.#shows(folder)) this.show(folder, state?.report?.findings ?? []); // it has moved here
    });
    this.#subscriptions = [
      { dispose: stop },
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.#follow(document.uri, contentChanges);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) {
          verifications.forget(uri.fsPath);
          this.#drop(uri.fsPath);
        }
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          verifications.move(oldUri.fsPath, newUri.fsPath);
          this.#drop(oldUri.fsPath);
        }
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
        for (const { uri } of removed) verifications.forget(uri.fsPath);
      }),
    ];
  }

  /** Replaces everything that is shown about one task. */
  show(task: string, findings: readonly Finding[]): void {
    const files = new Map<string, Entry[]>();
    for (const finding of findings) {
      const key = fileOf(task, finding.file).toString();
      const entries = files.get(key);
      if (entries === undefined) files.set(key, [{ task, finding }]);
      else entries.push({ task, finding });
    }
    for (const [key, entries] of this.#entries) {
      if (entries.some((entry) => entry.task === task) && !files.has(key)) this.#set(key, []);
    }
    for (const [key, entries] of files) this.#set(key, entries);
  }

  /** The findings whose place touches a range. */
  at(uri: vscode.Uri, range: vscode.Range): readonly Entry[] {
    return this.of(uri).filter(({ finding: { range: place } }) => {
      const { start, end } = place;
      return range.intersection(new vscode.Range(start.line, start.character, end.line, end.character)) !== undefined;
    });
  }

  /** The findings of a file. */
  of(uri: vscode.Uri): readonly Entry[] {
    return this.#entries.get(uri.toString()) ?? [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#entries.clear();
    this.collection.dispose();
  }

  #shows(task: string): boolean {
    return [...this.#entries.values()].some((entries) => entries.some((entry) => entry.task === task));
  }

  #set(key: string, entries: Entry[]): void {
    const uri = vscode.Uri.parse(key, true);
    if (entries.length === 0) {
      this.#entries.delete(key);
      this.collection.delete(uri);
      return;
    }
    this.#entries.set(key, entries);
    this.collection.set(
      uri,
      entries.map(({ task, finding }) => toDiagnostic(task, finding)),
    );
  }

  /** Changes of one event are given from the last place to the first, each against the text before. */
  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const entries = this.#entries.get(uri.toString());
    if (entries === undefined || changes.length === 0) return;
    const ordered: Change[] = [...changes]
      .sort((a, b) => b.rangeOffset - a.rangeOffset)
      .map(({ range, text }) => ({ range: plain(range), text: text.replaceAll('\r\n', '\n') }));
    let moved = false;
    const next = entries.map((entry) => {
      const range = ordered.reduce(shifted, entry.finding.range);
      const stays = toKey(range) === toKey(entry.finding.range);
      if (stays) return entry;
      moved = true;
      return { ...entry, finding: { ...entry.finding, range } };
    });
    if (moved) this.#set(uri.toString(), next);
  }

  #drop(place: string): void {
    for (const key of [...this.#entries.keys()])
      if (isWithin(vscode.Uri.parse(key, true).fsPath, place)) this.#set(key, []);
  }
}

function plain({ start, end }: vscode.Range): Change['range'] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

function toKey({ start, end }: Change['range']): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}
