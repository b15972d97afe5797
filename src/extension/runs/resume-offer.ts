// A window that was closed or crashed in the middle of a run: said once, with a way to go on.
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { reportingErrors } from '../show-error.ts';

/** Keys of the workspace's state: a preference, and ids of runs that were offered. */
const neverKey = 'mleForge.neverOfferResume';
const offeredKey = 'mleForge.offeredRuns';
const rememberedOffers = 100;

export function registerResumeOffer(app: App): void {
  const look = (): void => void reportingErrors(app, () => offer(app));
  // After activation: nothing here may hold up the window.
  const later = setTimeout(look, 0);
  app.context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(look), {
    dispose: () => clearTimeout(later),
  });
}

async function offer(app: App): Promise<void> {
  await app.finder.ready();
  const { workspaceState } = app.context;
  if (!vscode.workspace.isTrusted || workspaceState.get(neverKey) === true) return;
  const known = workspaceState.get<unknown>(offeredKey);
  const offered = Array.isArray(known) ? known : [];
  const runs = app.runs.all().filter(({ status, run }) => status === 'interrupted' && !offered.includes(run));
  const [first] = runs;
  if (first === undefined) return;
  await workspaceState.update(offeredKey, [...runs.map(({ run }) => run), ...offered].slice(0, rememberedOffers));
  const said =
    runs.length === 1
      ? vscode.l10n.t('Forging tasks from {0} was interrupted.', path.basename(first.request.dataset))
      : vscode.l10n.t('{0} forging runs were interrupted.', runs.length);
  const resume = vscode.l10n.t('Resume');
  const notNow = vscode.l10n.t('Not Now');
  const never = vscode.l10n.t("Don't Ask Again");
  const answer = await vscode.window.showInformationMessage(said, resume, notNow, never);
  if (answer === resume) for (const { key } of runs) app.runs.resume(key);
  if (answer === never) await workspaceState.update(neverKey, true);
}
