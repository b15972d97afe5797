// Python for the extension: one runtime per interpreter, started at first use, ended with the extension.
import path from 'node:path';
import type * as vscode from 'vscode';
import { createManagedEnvironment } from '../runtime/environment.ts';
import { findInterpreter } from '../runtime/interpreter.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { createPythonRuntime } from '../runtime/runtime.ts';
import { cancelled, ForgeError } from '../task/errors.ts';
import type { Log } from '../task/ports.ts';
import { chosenInterpreter } from './python-extension.ts';
import type { Settings } from './settings.ts';

export class RuntimeHost {
  readonly #log: Log;
  readonly #storage: string;
  readonly #pythonHalf: string;
  readonly #runtimes = new Map<string, PythonRuntime>();

  constructor(log: Log, storage: string, extensionFolder: string) {
    this.#log = log;
    this.#storage = storage;
    this.#pythonHalf = path.join(extensionFolder, 'dist', 'python');
  }

  /** The runtime for a folder's settings. Asks before it installs anything. */
  async runtimeFor(scope: vscode.Uri | undefined, settings: Settings, signal: AbortSignal): Promise<PythonRuntime> {
    const python = await this.#interpreter(scope, settings, signal);
    const key = `${python}|${settings.allowUnsandboxed}`;
    const known = this.#runtimes.get(key);
    if (known !== undefined) return known;
    const isolation = settings.allowUnsandboxed ? 'allow-none' : 'required';
    const runtime = createPythonRuntime({ python, isolation, pythonHalf: this.#pythonHalf, log: this.#log });
    this.#runtimes.set(key, runtime);
    return runtime;
  }

  async dispose(): Promise<void> {
    const runtimes = [...this.#runtimes.values()];
    this.#runtimes.clear();
    await Promise.all(runtimes.map((runtime) => runtime.dispose()));
  }

  async #interpreter(scope: vscode.Uri | undefined, settings: Settings, signal: AbortSignal): Promise<string> {
    return '';
  }
}
