// "Forge Task from Dataset": from the explorer, the palette or the Tasks view. Asks once and queues a run.
import * as vscode from 'vscode';
import { z } from 'zod';
import { builtinEngine } from '../../forge/engine-name.ts';
import type { App } from '../app.ts';
import { outputFolder, toPath } from '../paths.ts';
import { readSettings } from '../settings.ts';
import { reportingErrors } from '../show-error.ts';
import { requireTrust } from '../trust.ts';
import { prepareEngine } from './begin-work.ts';
import { pickDataset } from './dataset-picker.ts';
import { startingCost } from './engines.ts';
import { type ForgeOptions, maxTasksLimit, remember, startingOptions } from './forge-options.ts';
import { pickOptions } from './forge-pick.ts';

/** Key of the workspace's state; it holds choices only. */
const rememberedKey = 'mleForge.forgeOptions';

/** A caller that knows its options, for instance a key binding, is asked nothing. */
const givenSchema = z.strictObject({
  engine: z.string().default(builtinEngine),
  maxTasks: z.int().min(1).max(maxTasksLimit),
  out: z.string().default(''),
});

export function registerForgeCommand(app: App): void {
  app.command('mleForge.forgeTask', (clicked, selected, given) =>
    reportingErrors(app, async () => {
      requireTrust();
      const datasets = await chosenDatasets(clicked, selected);
      const [first] = datasets;
      if (first === undefined) return;
      const options = given === undefined ? await askOptions(app, first) : givenSchema.parse(given);
      if (options === undefined) return;
      const engine = await engineOfChoice(options.engine, first);
      // What leaves the machine is confirmed, and a missing key told, before a run stands in the queue.
      await prepareEngine(app, first, { name: engine, tasks: options.maxTasks });
      for (const dataset of datasets) queue(app, dataset, options, engine);
    }),
  );
}

/** All selected folders when several are; the explorer passes files of a mixed selection, too. */
async function chosenDatasets(clicked: unknown, selected: unknown): Promise<vscode.Uri[]> {
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  if (uris.length > 1) {
    const kinds = await Promise.all(uris.map(async (uri) => (await vscode.workspace.fs.stat(uri)).type));
    return uris.filter((_, place) => ((kinds[place] ?? 0) & vscode.FileType.Directory) !== 0);
  }
  const dataset = await pickDataset(clicked);
  return dataset === undefined ? [] : [dataset];
}

async function askOptions(app: App, dataset: vscode.Uri): Promise<ForgeOptions | undefined> {
  const settings = readSettings(dataset);
  const start = startingOptions(app.context.workspaceState.get(rememberedKey), settings);
  const options = await pickOptions(dataset, start, settings.model);
  if (options !== undefined) await app.context.workspaceState.update(rememberedKey, remember(options, settings));
  return options;
}

/** With the roles that the settings give a model of their own. */
async function engineOfChoice(chosen: string, dataset: vscode.Uri): Promise<string> {
  if (chosen === builtinEngine) return chosen;
  const settings = await import('../models/model-settings.ts');
  return settings.engineOfChoice(chosen, readSettings(dataset));
}

function queue(app: App, dataset: vscode.Uri, options: ForgeOptions, engine: string): void {
  const { seed } = readSettings(dataset);
  const out = outputFolder(dataset, options.out);
  app.finder.rememberOutput(out);
  const request = { dataset: toPath(dataset), out, engine, maxTasks: options.maxTasks, seed };
  app.runs.start(request, startingCost(engine));
}
