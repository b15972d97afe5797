// "How to forge" in at most three steps; Enter on the first row takes the answers of the last time.
import path from 'node:path';
import * as vscode from 'vscode';
import { outputFolder, toPath } from '../paths.ts';
import { type EngineChoice, isModel, knownEngines, offeredEngines } from './engines.ts';
import { type ForgeOptions, maxTasksLimit, optionsText, typedCount, usualCounts } from './forge-options.ts';
import { pickStep, type StepItem } from './pick-step.ts';

const steps = 3;

type Answer =
  | { readonly kind: 'go' }
  | { readonly kind: 'type' }
  | { readonly kind: 'change'; readonly change: Partial<ForgeOptions> };
type Item = StepItem<Answer>;

/** The options that the user chose for a dataset; undefined when the choice was given up. */
export async function pickOptions(
  dataset: vscode.Uri,
  start: ForgeOptions,
  model: string,
): Promise<ForgeOptions | undefined> {
  const askFirst = (uri: vscode.Uri, now: ForgeOptions) => askEngine(uri, now, model);
  const asks = [askFirst, askCount, askPlace];
  let options = start;
  for (let step = 0; step < asks.length; ) {
    const ask = asks[step] ?? askFirst;
    const answer = await ask(dataset, options);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      step -= 1;
      continue;
    }
    if (answer.kind === 'go') return options;
    if (answer.kind === 'type') continue; // Typing was given up: the same question again.
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

async function askEngine(
  dataset: vscode.Uri,
  options: ForgeOptions,
  setting: string,
): Promise<Answer | 'back' | undefined> {
  const go: Item = {
    label: vscode.l10n.t('$(play) Forge with these settings'),
    description: optionsText(vscode.l10n, options, placeText(dataset, options.out)),
    answer: { kind: 'go' },
  };
  const item = ({ id, label, description }: EngineChoice): Item => ({
    label,
    description,
    answer: { kind: 'change', change: { engine: id } },
  });
  const known = knownEngines(vscode.l10n, { setting, last: options.engine });
  const byId: Item = { label: vscode.l10n.t('$(edit) Another model by its id...'), answer: { kind: 'type' } };
  const separator = { label: vscode.l10n.t('Change the settings: engine'), kind: vscode.QuickPickItemKind.Separator };
  const answer = await pickStep<Answer>({
    title: title(dataset),
    step: 1,
    steps,
    placeholder: vscode.l10n.t('Press Enter to forge, or choose an engine to change the settings'),
    items: [go, separator, ...known.map(item), byId],
    active: go,
    // The editor's models may be asked for now: the user has run a command.
    later: offeredModels().then((offered) => offeredEngines(vscode.l10n, offered, known).map(item)),
  });
  return answer === byId.answer ? typedEngine() : answer;
}

/** The models of the editor; none when its providers fail. */
async function offeredModels() {
  const { editorModels } = await import('../models/vscode-line.ts');
  return editorModels().catch(() => []);
}

async function typedEngine(): Promise<Answer> {
  const id = await vscode.window.showInputBox({
    title: vscode.l10n.t('Another Model'),
    prompt: vscode.l10n.t('PROVIDER:MODEL, for instance openai:gpt-5 or ollama:qwen3'),
    validateInput: (text) => whyNoModel(text.trim()),
  });
  return id === undefined ? { kind: 'type' } : { kind: 'change', change: { engine: id.trim() } };
}

async function whyNoModel(id: string): Promise<string | undefined> {
  if (!isModel(id)) return vscode.l10n.t('Write PROVIDER:MODEL, without blanks.');
  const { checkModelId } = await import('../models/check-id.ts');
  return checkModelId(id);
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
