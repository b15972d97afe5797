// How the window does the work of a run: an interpreter for its settings, processes of its own, the pipeline.
import * as vscode from 'vscode';
import { forge } from '../../forge/forge.ts';
import { cancelled } from '../../task/errors.ts';
import { systemClock } from '../../task/ports.ts';
import type { App } from '../app.ts';
import type { Begin } from '../runs/run-store.ts';
import { readSettings } from '../settings.ts';
import { requireTrust } from '../trust.ts';

/** Begins runs with a runtime each, so that ending one by force touches no other work. */
export function workIn(app: App): Begin {
  return async ({ dataset, out, maxTasks, seed }, resume, signal) => {
    requireTrust();
    const scope = vscode.Uri.file(dataset);
    const runtime = await app.runtimes.ownRuntime(scope, readSettings(scope), signal);
    const close = () => app.runtimes.end(runtime);
    if (signal.aborted) {
      await close();
      throw cancelled();
    }
    const request = { dataset, out, maxTasks, seed, keepRejected: false, ...(resume === null ? {} : { resume }) };
    const events = forge(request, { runtime, clock: systemClock, log: app.log, signal });
    return { events, kill: close, close };
  };
}
