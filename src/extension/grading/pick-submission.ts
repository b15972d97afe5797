// The submissions of a task at hand: those of its runs, its sample, or any file.
import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { listFiles } from '../../task/hashing.ts';
import { layout } from '../../task/layout.ts';

interface Item extends vscode.QuickPickItem {
  readonly csv: string | null;
}

/** Undefined when the choice was given up. */
export async function pickSubmission(task: string): Promise<string | undefined> {
  const runs = (await listFiles(path.join(task, layout.runs)).catch(() => []))
    .filter((file) => file.endsWith('submission.csv'))
    .map(
      (file): Item => ({
        label: path.dirname(file),
        description: `${layout.runs}/${file}`,
        csv: path.join(task, layout.runs, file),
      }),
    );
  const sample = path.join(task, layout.sampleSubmission);
  const hasSample = await access(sample).then(
    () => true,
    () => false,
  );
  const items: Item[] = [
    ...runs,
    ...(hasSample
      ? [{ label: vscode.l10n.t('sample submission'), description: layout.sampleSubmission, csv: sample }]
      : []),
    { label: vscode.l10n.t('$(folder-opened) Browse...'), csv: null, alwaysShow: true },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Grade a Submission'),
    placeHolder: vscode.l10n.t('CSV file with one prediction per test row'),
  });
  if (chosen === undefined || chosen.csv !== null) return chosen?.csv ?? undefined;
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: false,
    filters: { CSV: ['csv'] },
    openLabel: vscode.l10n.t('Grade'),
  });
  return picked?.[0]?.fsPath;
}
