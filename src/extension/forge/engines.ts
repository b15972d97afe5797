// The engines that can forge: the built-in one, the models of the editor, and models by their id.
import { type Cost, freeOfCharge } from '../../agents/loop/cost.ts';
import { builtinEngine } from '../../forge/engine-name.ts';
import type { L10n } from '../l10n.ts';

export interface EngineChoice {
  /** `builtin`, `vscode:VENDOR/ID` or `PROVIDER:MODEL`. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** A language model that the editor offers. */
export interface OfferedModel {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
}

/** What is known before the editor is asked: the built-in engine, the setting's model, the one of the last time. */
export function knownEngines(l10n: L10n, { setting, last }: { setting: string; last: string }): EngineChoice[] {
  const builtin = {
    id: builtinEngine,
    label: engineLabel(l10n, builtinEngine),
    description: l10n.t('no model, no key'),
  };
  const choices: EngineChoice[] = [builtin];
  const add = (id: string, description: string): void => {
    if (isModel(id) && !choices.some((choice) => choice.id === id))
      choices.push({ id, label: engineLabel(l10n, id), description });
  };
  add(setting, l10n.t('from the setting mleForge.model'));
  add(last, l10n.t('last time'));
  return choices;
}

/** The editor's models that are not listed yet. */
export function offeredEngines(
  l10n: L10n,
  offered: readonly OfferedModel[],
  known: readonly EngineChoice[],
): EngineChoice[] {
  return offered
    .filter(({ id }) => !known.some((choice) => choice.id === id))
    .map(({ id, name, vendor }) => ({
      id,
      label: name,
      description: l10n.t('language model of the editor, {0}', vendor),
    }));
}

/** `Built-in`, else the id of the model. */
export function engineLabel(l10n: L10n, id: string): string {
  return id === builtinEngine ? l10n.t('Built-in') : id;
}

/** What a run of this engine has cost before its first call; null when it calls no model. */
export function startingCost(engine: string): Cost | null {
  return engine === builtinEngine ? null : freeOfCharge;
}

/** Whether an id can name a model; which providers there are is told when it is opened. */
export function isModel(id: string): boolean {
  return /^[a-z]+:\S+$/.test(id);
}
