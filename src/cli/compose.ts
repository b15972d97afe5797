// The composition root of the terminal: the only place that creates the Python runtime.
import { findInterpreter, type InterpreterSearch } from '../runtime/interpreter.ts';
import type { PythonRuntime } from '../runtime/port.ts';
import { createPythonRuntime } from '../runtime/runtime.ts';
import { throwIfCancelled } from '../task/errors.ts';
import type { Log } from '../task/ports.ts';
import type { Arguments } from './arguments.ts';
import type { Io, Terminal } from './terminal.ts';

export interface LazyRuntime {
  /** Finds the interpreter and creates the runtime at first use. */
  get(): Promise<PythonRuntime>;
  dispose(): Promise<void>;
}

export function lazyRuntime(
  args: Arguments,
  { io, terminal, log, signal }: { io: Io; terminal: Terminal; log: Log; signal: AbortSignal },
): LazyRuntime {
  let created: Promise<PythonRuntime> | undefined;
  const create = async (): Promise<PythonRuntime> => {
    const isolation = args.flag('allow-unsandboxed') ? 'allow-none' : 'required';
    if (isolation === 'allow-none') {
      terminal.complain(
        'Generated code runs without isolation where this system offers none, as --allow-unsandboxed says.',
      );
    }
    const { chosen, rejected } = await findInterpreter(interpreterSearch(args, io));
    throwIfCancelled(signal);
    for (const { command, reason } of rejected) log.write('debug', `passed over ${command}: ${reason}`);
    log.write('info', `Python ${chosen.version} at ${chosen.python} (${chosen.origin})`);
    return createPythonRuntime({ python: chosen.python, isolation, log });
  };
  return {
    get: () => {
      created ??= create();
      return created;
    },
    dispose: async () => (await created?.catch(() => undefined))?.dispose(),
  };
}

/** --python, else MLE_FORGE_PYTHON, else what is found in the current folder, the managed environment and on PATH. */
export function interpreterSearch(args: Arguments, io: Io): InterpreterSearch {
  const option = args.text('python');
  const variable = io.env['MLE_FORGE_PYTHON'];
  if (option !== undefined) return { explicit: { command: option, origin: '--python' } };
  if (variable) return { explicit: { command: variable, origin: 'MLE_FORGE_PYTHON' } };
  return { workspaces: [io.cwd] };
}
