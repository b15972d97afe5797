// Python for the extension: one runtime per interpreter, started at first use, ended with the extension.
import path from 'node:path';
import * as vscode from 'vscode';
import { createManagedEnvironment } from '../runtime/environment.ts';
import { findInterpreter, type InterpreterSearch } from '../runtime/interpreter.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { createPythonRuntime } from '../runtime/runtime.ts';
import { ForgeError } from '../task/errors.ts';
import type { Log } from '../task/ports.ts';
import { toPath } from './paths.ts';
import { chosenInterpreter } from './python-extension.ts';
import type { Settings } from './settings-schema.ts';

export class RuntimeHost {
  readonly #log: Log;
  readonly #storage: string;
  readonly #pythonHalf: string;
  readonly #runtimes = new Map<string, PythonRuntime>();
  readonly #owned = new Set<PythonRuntime>();

  constructor(log: Log, storage: string, extensionFolder: string) {
    this.#log = log;
    this.#storage = storage;
    this.#pythonHalf = path.join(extensionFolder, 'dist', 'python');
  }

  /** The runtime for a folder's settings, shared by all short work. Asks before it installs anything. */
  async runtimeFor(scope: vscode.Uri | undefined, settings: Settings, signal: AbortSignal): Promise<PythonRuntime> {
    const python = await this.interpreterFor(scope, settings, signal);
    const key = `${python}|${settings.allowUnsandboxed}`;
    const known = this.#runtimes.get(key);
    if (known !== undefined) return known;
    const runtime = this.#create(python, settings);
    this.#runtimes.set(key, runtime);
    return runtime;
  }

  /** A runtime for one piece of long work, which its user ends; its processes are shared with nothing else. */
  async ownRuntime(scope: vscode.Uri | undefined, settings: Settings, signal: AbortSignal): Promise<PythonRuntime> {
    const runtime = this.#create(await this.interpreterFor(scope, settings, signal), settings);
    this.#owned.add(runtime);
    return runtime;
  }

  /** Ends a runtime that `ownRuntime` gave, with all its processes. */
  async end(runtime: PythonRuntime): Promise<void> {
    this.#owned.delete(runtime);
    await runtime.dispose();
  }

  async dispose(): Promise<void> {
    const runtimes = [...this.#runtimes.values(), ...this.#owned];
    this.#runtimes.clear();
    this.#owned.clear();
    await Promise.all(runtimes.map((runtime) => runtime.dispose()));
  }

  /** Path of the interpreter for a folder's settings. Asks before it installs anything. */
  async interpreterFor(scope: vscode.Uri | undefined, settings: Settings, signal: AbortSignal): Promise<string> {
    const search = await this.#search(scope, settings);
    try {
      const { chosen, rejected } = await findInterpreter(search);
      for (const { command, reason } of rejected) this.#log.write('info', `Passed over ${command}: ${reason}.`);
      this.#log.write('info', `Python ${chosen.version} at ${chosen.python} (${chosen.origin}).`);
      return chosen.python;
    } catch (error) {
      if (!(error instanceof ForgeError) || search.explicit !== undefined) throw error;
      return this.#offerEnvironment(error, signal);
    }
  }

  #create(python: string, settings: Settings): PythonRuntime {
    const isolation = settings.allowUnsandboxed ? 'allow-none' : 'required';
    return createPythonRuntime({ python, isolation, pythonHalf: this.#pythonHalf, log: this.#log });
  }

  async #search(scope: vscode.Uri | undefined, settings: Settings): Promise<InterpreterSearch> {
    const explicit = settings.python || process.env['MLE_FORGE_PYTHON'];
    if (explicit) return { explicit: { command: explicit, origin: 'the setting mleForge.python' } };
    const chosen = await chosenInterpreter(scope);
    const folder = scope === undefined ? undefined : vscode.workspace.getWorkspaceFolder(scope);
    return {
      offered: chosen === undefined ? [] : [{ command: chosen, origin: 'the Python extension' }],
      workspaces: folder === undefined ? [] : [toPath(folder.uri)],
      managedRoot: this.#storage,
    };
  }

  /** Nothing is installed without a yes. */
  async #offerEnvironment(problem: ForgeError, signal: AbortSignal): Promise<string> {
    const create = vscode.l10n.t('Create Environment');
    const question = vscode.l10n.t('{0} Create an environment with the packages (about 600 MB)?', problem.message);
    const answer = await vscode.window.showWarningMessage(question, { modal: true }, create);
    if (answer !== create) throw problem;
    const onLine = (line: string) => this.#log.write('info', line);
    return createManagedEnvironment({
      base: 'python3',
      root: this.#storage,
      pythonHalf: this.#pythonHalf,
      signal,
      onLine,
    });
  }
}
