// Addresses of the documents that are made from a run: the run itself, and its submission in the order of another one.
import path from 'node:path';
import * as vscode from 'vscode';
import { layout } from '../../task/layout.ts';

export const runScheme = 'mle-forge-run';

/** A run of a task. */
export interface RunPlace {
  readonly folder: string;
  readonly name: string;
}

/** The readable document of a run. */
export function runDocument({ folder, name }: RunPlace): vscode.Uri {
  return vscode.Uri.file(path.join(folder, layout.runs, name, `${name}.md`)).with({ scheme: runScheme });
}

/** The submission of a run, aligned with that of another; `side` says which one leads. */
export function alignedSubmission(run: RunPlace, other: string, side: 'first' | 'second'): vscode.Uri {
  const file = vscode.Uri.file(path.join(run.folder, layout.runs, run.name, `${run.name}-submission.csv`));
  return file.with({ scheme: runScheme, query: `${side}=${encodeURIComponent(other)}` });
}

/** The run behind an address of this scheme, or behind a file below `runs/<name>/`. */
export function runOfUri(uri: vscode.Uri): RunPlace {
  const folder = path.dirname(uri.with({ scheme: 'file', query: '' }).fsPath);
  return { folder: path.dirname(path.dirname(folder)), name: path.basename(folder) };
}
