// From the name of an engine to the engine: models of the editor and of providers, with keys, limits and the user's consent.
// Loaded with the first run that uses a model.
import * as vscode from 'vscode';
import { parseEngineName, type RoleModels } from '../../forge/engine-name.ts';
import {
  engineEstimate,
  engineNotice,
  modelEngine,
  type RoleSeats,
  seatModels,
  usualReviews,
} from '../../forge/model-engine.ts';
import type { Engine } from '../../forge/request.ts';
import { givenUrlKeyVariable, type Surroundings } from '../../models/endpoint.ts';
import { openModel } from '../../models/open-model.ts';
import type { CapabilityMemory } from '../../models/openai/ladder.ts';
import type { ChatModel } from '../../models/port.ts';
import { loadPrices } from '../../models/prices.ts';
import { providers } from '../../models/providers.ts';
import type { PythonRuntime } from '../../runtime/port.ts';
import { ForgeError } from '../../task/errors.ts';
import type { App } from '../app.ts';
import { readSettings } from '../settings.ts';
import { confirmNotice } from './consent.ts';
import { parseEditorModelId } from './editor-line.ts';
import { editorModel } from './editor-model.ts';
import { storedKeys } from './keys.ts';
import { baseUrlOf, limitsOf, sharedRowsOf } from './model-settings.ts';
import { findLine } from './vscode-line.ts';

/** What endpoints turned out to take, for this window. */
const memory: CapabilityMemory = new Map();

/** What a run gives to its engine. */
interface Room {
  readonly runtime: PythonRuntime;
  readonly seed: number;
}

/**
 * An engine that only needs its room: its models are there, and the user has agreed to what goes to them. Null for the
 * built-in engine.
 * @throws ForgeError when a model cannot be opened, or on a no.
 */
export async function preparedEngine(
  app: App,
  scope: vscode.Uri,
  { name, tasks }: { readonly name: string; readonly tasks: number },
): Promise<((room: Room) => Engine) | null> {
  const names = parseEngineName(name);
  if (names === null) return null;
  const settings = readSettings(scope);
  const terms = {
    models: await openModels(app, scope, names),
    prices: await loadPrices(process.env),
    limits: limitsOf(settings),
    sharedRows: sharedRowsOf(settings),
    tasks,
    ...usualReviews,
  };
  await confirmNotice(app, { engine: name, notice: engineNotice(terms), estimate: engineEstimate(terms) });
  return (room) => modelEngine({ ...terms, ...room });
}

async function openModels({ context }: App, scope: vscode.Uri, names: RoleModels): Promise<RoleSeats> {
  const variables = [givenUrlKeyVariable, ...providers.map(({ keyVariable }) => keyVariable)];
  const keys = await storedKeys(context, [...new Set(variables)]);
  const baseUrl = baseUrlOf(vscode.workspace.getConfiguration('mleForge', scope).inspect('baseUrl'));
  const surroundings = { env: process.env, keys, ...(baseUrl !== null && { baseUrl }) };
  return seatModels(names, (id) => openOne(id, surroundings));
}

async function openOne(id: string, surroundings: Surroundings): Promise<ChatModel> {
  if (parseEditorModelId(id) !== null) return editorModel(await findLine(id));
  try {
    return await openModel(id, { ...surroundings, memory });
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'MODEL_KEY_MISSING') throw error;
    const remedy = vscode.l10n.t('Run the command "MLE Forge: Set Model Key..." and try again.');
    throw new ForgeError(error.code, error.message, remedy, error.kind, error);
  }
}
