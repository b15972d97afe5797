// Which task a CSV file is graded by: the one it lies in, the only one whose columns it has, else a choice.
import { open } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { ForgeError } from '../../task/errors.ts';
import { layout } from '../../task/layout.ts';
import { readTask } from '../../task/package.ts';
import { taskAround } from '../task-folder.ts';

const HEADER_BYTES = 65_536;
const MAX_TASKS = 500;

interface Candidate extends vscode.QuickPickItem {
  readonly folder: string;
  readonly fits: boolean;
}

/**
 * Undefined when the choice was given up.
 * @throws ForgeError when the workspace has no task.
 */
export async function pickTaskFor(csv: string): Promise<string | undefined> {
  const around = taskAround(csv);
  if (around !== undefined) return around;
  const candidates = await candidatesFor(await headerOf(csv));
  const fitting = candidates.filter(({ fits }) => fits);
  if (fitting.length === 1) return fitting[0]?.folder;
  if (candidates.length === 0)
    throw new ForgeError(
      'NO_TASK',
      vscode.l10n.t('This workspace has no task that could grade the file.'),
      vscode.l10n.t('Open the folder of the task.'),
    );
  const chosen = await vscode.window.showQuickPick([...fitting, ...candidates.filter(({ fits }) => !fits)], {
    title: vscode.l10n.t('Grade {0}', path.basename(csv)),
    placeHolder: vscode.l10n.t('Task that grades it'),
    matchOnDescription: true,
  });
  return chosen?.folder;
}

async function candidatesFor(header: readonly string[]): Promise<Candidate[]> {
  const manifests = await vscode.workspace.findFiles(`**/${layout.manifest}`, '**/{node_modules,.*}/**', MAX_TASKS);
  const found = await Promise.all(
    manifests.map(async ({ fsPath }): Promise<Candidate[]> => {
      const folder = path.dirname(fsPath);
      const spec = await readTask(folder).catch(() => null);
      if (spec === null) return [];
      const { id_column: id, columns } = spec.submission;
      const fits = [id, ...columns.map(({ name }) => name)].sort().join('\n') === [...header].sort().join('\n');
      const detail = fits ? vscode.l10n.t('has the columns of the file') : '';
      return [{ label: spec.title, description: spec.id, detail, folder, fits }];
    }),
  );
  return found.flat().sort((a, b) => a.label.localeCompare(b.label));
}

/** Names of the columns, for a comparison only: odd quoting merely makes a task fit less. */
async function headerOf(csv: string): Promise<string[]> {
  const file = await open(csv);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/);
    return line.split(',').map((name) => name.replace(/^"|"$/g, ''));
  } finally {
    await file.close();
  }
}
