// How the window does the work of a run: an interpreter for its settings, processes of its own, the pipeline.
import * as vscode from 'vscode';
import { builtinEngine } from '../../forge/engine-name.ts';
import { forge } from '../../forge/forge.ts';
import { cancelled } from '../../task/errors.ts';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import type { Begin } from '../runs/run-store.ts';
import { readSettings } from '../settings.ts';
import { requireTrust } from '../trust.ts';

/**
 * The engine of a name, ready but for its room; null for the built-in one. Everything about models is loaded here, with the
 * first run that uses one.
 */
export async function prepareEngine(app: App, scope: vscode.Uri, wanted: { name: string; tasks: number }) {
  if (wanted.name === builtinEngine) return null;
  const { preparedEngine } = await import('../models/open-engine.ts');
  return preparedEngine(app, scope, wanted);
}

/** Begins runs with a runtime each, so that ending one by force touches no other work. */
export function workIn(app: App): Begin {
  return async ({ dataset, out, engine: name, maxTasks, seed }, resume, signal) => {
    requireTrust();
    const scope = vscode.Uri.file(dataset);
    // A resumed run takes the models that it was begun with, as its journal names them.
    const prepared = await prepareEngine(app, scope, { name, tasks: maxTasks });
    const runtime = await app.runtimes.ownRuntime(scope, readSettings(scope), signal);
    const close = () => app.runtimes.end(runtime);
    if (signal.aborted) {
      await close();
      throw cancelled();
    }
    const request = { dataset, out, maxTasks, seed, keepRejected: false, ...(resume === null ? {} : { resume }) };
    const deps = { runtime, clock: systemClock, log: app.log, signal };
    const engine = prepared === null ? {} : { engine: prepared({ runtime, seed }) };
    const events = forge(request, { ...deps, ...engine });
    return { events, kill: close, close };
  };
}
