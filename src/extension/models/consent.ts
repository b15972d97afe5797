// Before anything leaves the machine: what it is, where it goes and within which limits. Asked once, and again when it changes.
import * as vscode from 'vscode';
import { cancelled } from '../../task/errors.ts';
import { hashValue } from '../../task/hashing.ts';
import type { App } from '../app.ts';

/** Key of the workspace's state: hashes of what was confirmed there. */
const confirmedKey = 'mleForge.confirmedNotices';
const mostRemembered = 50;

export interface Terms {
  readonly engine: string;
  /** What leaves the machine, where it goes, and within which limits: a yes holds until this changes. */
  readonly notice: string;
  /** What the run may take; shown, and of this run only. */
  readonly estimate: string;
}

/** @throws ForgeError `CANCELLED` when the user does not want it. */
export async function confirmNotice({ context }: App, { engine, notice, estimate }: Terms): Promise<void> {
  const hash = hashValue({ engine, notice });
  const known = context.workspaceState.get<unknown>(confirmedKey);
  const confirmed = Array.isArray(known) ? known : [];
  if (confirmed.includes(hash)) return;
  const question = vscode.l10n.t('Let {0} write tasks from data of this workspace?', engine);
  const yes = vscode.l10n.t('Send and Forge');
  const options = { modal: true, detail: `${notice}\n\n${estimate}` };
  if ((await vscode.window.showWarningMessage(question, options, yes)) !== yes) throw cancelled();
  await context.workspaceState.update(confirmedKey, [hash, ...confirmed].slice(0, mostRemembered));
}
