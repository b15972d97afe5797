// The interpreter that the user chose in the Python extension, asked through either generation of its interface.
// Neither extension is required; an unknown shape counts as no choice.
import * as vscode from 'vscode';
import { z } from 'zod';

const environmentsSchema = z.object({ execInfo: z.object({ run: z.object({ executable: z.string() }) }) });
const activePathSchema = z.object({ path: z.string() });
const resolvedSchema = z.object({ executable: z.object({ uri: z.object({ fsPath: z.string() }).optional() }) });

/** Calls a method of a foreign object that may not have it. */
async function call(target: unknown, path: readonly string[], ...args: unknown[]): Promise<unknown> {
  let owner: unknown;
  let value: unknown = target;
  for (const key of path) {
    owner = value;
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === 'function' ? await Reflect.apply(value, owner, args) : undefined;
}

/** Path of the chosen interpreter, or undefined when no Python extension is there or nothing is chosen. */
export async function chosenInterpreter(scope: vscode.Uri | undefined): Promise<string | undefined> {
  const environments = vscode.extensions.getExtension('ms-python.vscode-python-envs');
  if (environments !== undefined) {
    const found = environmentsSchema.safeParse(await call(await environments.activate(), ['getEnvironment'], scope));
    if (found.success) return found.data.execInfo.run.executable;
  }
  const python = vscode.extensions.getExtension('ms-python.python');
  if (python === undefined) return undefined;
  const api: unknown = await python.activate();
  const active = activePathSchema.safeParse(await call(api, ['environments', 'getActiveEnvironmentPath'], scope));
  if (!active.success) return undefined;
  const resolved = resolvedSchema.safeParse(await call(api, ['environments', 'resolveEnvironment'], active.data));
  return resolved.success ? (resolved.data.executable.uri?.fsPath ?? active.data.path) : active.data.path;
}
