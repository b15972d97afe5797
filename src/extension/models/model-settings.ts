// What the settings say about models, in the words of the core.
import type { SharedRows } from '../../agents/tools/shared-rows.ts';
import { builtinEngine, engineName, modelsByRole } from '../../forge/engine-name.ts';
import { type Limits, limitsSchema } from '../../models/budget.ts';
import type { GivenUrl } from '../../models/endpoint.ts';
import type { Settings } from '../settings-schema.ts';

/** The limits on what models may cost. */
export function limitsOf({ budgetUsd, budgetTokens, budgetCalls, budgetMinutes }: Settings): Limits {
  return limitsSchema.parse({ usd: budgetUsd, tokens: budgetTokens, calls: budgetCalls, minutes: budgetMinutes });
}

/** Rows of each table that a model may see. */
export function sharedRowsOf({ sendRows }: Settings): SharedRows {
  return sendRows === 'none' ? 'none' : Number(sendRows);
}

/**
 * The whole name of an engine that was chosen: with the roles that have a model of their own.
 * @throws ForgeError `ROLE_UNKNOWN` for a role that there is not.
 */
export function engineOfChoice(chosen: string, { roles }: Settings): string {
  if (chosen === builtinEngine) return builtinEngine;
  const entries = Object.entries(roles).map(([role, model]) => `${role}=${model}`);
  return engineName(modelsByRole(chosen, entries));
}

/** What the editor knows about where a setting comes from. */
export interface SettingPlaces {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** The base URL and who chose it; a file of the project outranks the user's own settings, and is trusted less. */
export function baseUrlOf(places: SettingPlaces | undefined): GivenUrl | null {
  const ofProject = places?.workspaceFolderValue ?? places?.workspaceValue;
  if (typeof ofProject === 'string' && ofProject.trim() !== '') return { url: ofProject.trim(), from: 'workspace' };
  const own = places?.globalValue;
  // A project may say that there is none.
  if (ofProject !== undefined || typeof own !== 'string' || own.trim() === '') return null;
  return { url: own.trim(), from: 'setting' };
}
