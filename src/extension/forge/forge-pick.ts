// "How to forge" in at most three steps; Enter on the first row takes the answers of the last time.
import path from 'node:path';
import * as vscode from 'vscode';
import { outputFolder, toPath } from '../paths.ts';
import { engines } from './engines.ts';
import { type ForgeOptions, maxTasksLimit, optionsText, typedCount, usualCounts } from './forge-options.ts';
import { pickStep, type StepItem } from './pick-step.ts';

const steps = 3;

type Answer = { readonly kind: 'go' } | { readonly kind: 'change'; readonly change: Partial<ForgeOptions> };
type Item = StepItem<Answer>;

/** The options that the user chose for a dataset; undefined when the choice was given up. */
export async function pickOptions(dataset: vscode.Uri, start: ForgeOptions): Promise<ForgeOptions | undefined> {
  const asks = [askEngine, askCount, askPlace];
  let options = start;
  for (let step = 0; step < asks.length; ) {
    const ask = asks[step] ?? askEngine;
    const answer = await ask(dataset, options);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      step -= 1;
      continue;
    }
    if (answer.kind === 'go') return options;
    options = { ...options, ...answer.change };
    step += 1;
  }
  return options;
}

/** A place as the user knows it: relative to the workspace folder where that is possible. */
function placeText(dataset: vscode.Uri, out: string): string {
  return vscode.workspace.asRelativePath(outputFolder(dataset, out), false);
}

function title(dataset: vscode.Uri): string {
  return vscode.l10n.t('Forge Tasks from {0}', path.basename(toPath(dataset)));
}

function askEngine(dataset: vscode.Uri, options: ForgeOptions): Promise<Answer | 'back' | undefined> {
  const go: Item = {
    label: vscode.l10n.t('$(play) Forge with these settings'),
    description: optionsText(vscode.l10n, options, placeText(dataset, options.out)),
    answer: { kind: 'go' },
  };
  const others = engines.map(
    (engine): Item => ({
      label: engine.label(vscode.l10n),
      description: engine.description(vscode.l10n),
      answer: { kind: 'change', change: { engine: engine.id } },
    }),
  );
  const separator = { label: vscode.l10n.t('Change the settings: engine'), kind: vscode.QuickPickItemKind.Separator };
  return pickStep<Answer>({
    title: title(dataset),
    step: 1,
    steps,
    placeholder: vscode.l10n.t('Press Enter to forge, or choose an engine to change the settings'),
    items: [go, separator, ...others],
    active: go,
  });
}

function askCount(dataset: vscode.Uri, options: ForgeOptions): Promise<Answer | 'back' | undefined> {
  const item = (count: number): Item => ({
    label: count === 1 ? vscode.l10n.t('1 task') : vscode.l10n.t('{0} tasks', count),
    ...(count === options.maxTasks ? { description: vscode.l10n.t('last time') } : {}),
    answer: { kind: 'change', change: { maxTasks: count } },
  });
  const counts = usualCounts(options.maxTasks);
  const items = counts.map(item);
  return pickStep<Answer>({
    title: title(dataset),
    step: 2,
    steps,
    placeholder: vscode.l10n.t('How many tasks at most? Choose, or type a number up to {0}', maxTasksLimit),
    items,
    active: items[counts.indexOf(options.maxTasks)],
    typed: (text) => {
      const count = typedCount(text);
      return count === null || counts.includes(count) ? undefined : item(count);
    },
  });
}

async function askPlace(dataset: vscode.Uri, options: ForgeOptions): Promise<Answer | 'back' | undefined> {
  const places = [...new Set([options.out, ''])];
  const items = places.map(
    (out): Item => ({
      label: placeText(dataset, out),
      description: out === options.out ? vscode.l10n.t('last time') : vscode.l10n.t('the usual place'),
      answer: { kind: 'change', change: { out } },
    }),
  );
  const browse: Item = { label: vscode.l10n.t('$(folder-opened) Browse...'), answer: { kind: 'go' } };
  const answer = await pickStep<Answer>({
    title: title(dataset),
    step: 3,
    steps,
    placeholder: vscode.l10n.t('Where do the task folders go?'),
    items: [...items, browse],
    active: items[0],
  });
  if (answer !== browse.answer) return answer;
  const picked = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Put Tasks Here'),
  });
  if (picked?.[0] === undefined) return 'back';
  return { kind: 'change', change: { out: asSetting(dataset, toPath(picked[0])) } };
}

/** A folder as the setting writes it: relative below the dataset's workspace folder, else absolute. */
function asSetting(dataset: vscode.Uri, folder: string): string {
  const root = vscode.workspace.getWorkspaceFolder(dataset);
  const relative = root === undefined ? folder : path.relative(toPath(root.uri), folder);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative;
}
