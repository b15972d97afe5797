// The answers to "how to forge": from the settings, and from what was answered last in this workspace.
import { z } from 'zod';
import { builtinEngine } from '../../forge/engine-name.ts';
import type { L10n } from '../l10n.ts';
import { engineLabel, isModel } from './engines.ts';

export const maxTasksLimit = 50;

export interface ForgeOptions {
  readonly engine: string;
  readonly maxTasks: number;
  /** As in the setting: relative to the workspace folder of the dataset, absolute, or empty for the usual place. */
  readonly out: string;
}

/** The settings that the answers start from. */
export interface ForgeDefaults {
  readonly maxTasks: number;
  readonly outputFolder: string;
  /** Empty: the built-in engine. */
  readonly model: string;
}

const rememberedSchema = z.object({
  engine: z.string(),
  maxTasks: z.int().min(1).max(maxTasksLimit),
  out: z.string(),
  /** The settings at that time: once they change, they count more than the answer before. */
  defaults: z.object({ maxTasks: z.int(), outputFolder: z.string(), model: z.string().default('') }),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** The options to start from. `remembered` comes from the workspace's state and may hold anything. */
export function startingOptions(remembered: unknown, defaults: ForgeDefaults): ForgeOptions {
  const parsed = rememberedSchema.safeParse(remembered);
  const usual = isModel(defaults.model) ? defaults.model : builtinEngine;
  if (!parsed.success) return { engine: usual, maxTasks: defaults.maxTasks, out: defaults.outputFolder };
  const { engine, maxTasks, out, defaults: before } = parsed.data;
  return {
    engine: before.model === defaults.model && (engine === builtinEngine || isModel(engine)) ? engine : usual,
    maxTasks: before.maxTasks === defaults.maxTasks ? maxTasks : defaults.maxTasks,
    out: before.outputFolder === defaults.outputFolder ? out : defaults.outputFolder,
  };
}

/** What to keep of the answers: choices, no content. */
export function remember(options: ForgeOptions, defaults: ForgeDefaults): Remembered {
  const { maxTasks, outputFolder, model } = defaults;
  return { ...options, defaults: { maxTasks, outputFolder, model } };
}

/** `Built-in, 3 tasks, into mle-forge-tasks`. */
export function optionsText(l10n: L10n, options: ForgeOptions, place: string): string {
  const engine = engineLabel(l10n, options.engine);
  const tasks = options.maxTasks === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', options.maxTasks);
  return l10n.t('{0}, {1}, into {2}', engine, tasks, place);
}

/** Usual numbers of tasks with the chosen one among them, in order. */
export function usualCounts(chosen: number): number[] {
  return [...new Set([1, 3, 5, 10, chosen])].sort((a, b) => a - b);
}

/** The number that was typed; null when it is none that a run takes. */
export function typedCount(text: string): number | null {
  const count = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return count >= 1 && count <= maxTasksLimit ? count : null;
}
