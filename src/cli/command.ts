// The contract of a command.

import type { PythonRuntime } from '../runtime/port.ts';
import type { Clock, Log } from '../task/ports.ts';
import type { Arguments, OptionSpecs } from './arguments.ts';
import type { Io, Terminal } from './terminal.ts';

/** Exit status (docs/cli.md). */
export const exit = { good: 0, found: 1, usage: 2, environment: 3, cancelled: 130 } as const;

/** The effects that a command may use. */
export interface Services {
  readonly io: Io;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** The Python runtime, found and started at first use. @throws ForgeError of kind `environment`. */
  runtime(): Promise<PythonRuntime>;
}

export interface Command {
  readonly name: string;
  /** What goes behind the name, for instance `DATASET`. */
  readonly operands: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Further lines of its help. */
  readonly details: readonly string[];
  readonly options: OptionSpecs;
  /** Returns the exit status. */
  run(args: Arguments, services: Services): Promise<number>;
}

export const pythonOption: OptionSpecs = {
  python: {
    type: 'string',
    value: 'PATH',
    help: 'the Python interpreter to use (default: $MLE_FORGE_PYTHON, or one that is found)',
  },
};

/** Options of every command that runs Python. */
export const pythonOptions: OptionSpecs = {
  ...pythonOption,
  'allow-unsandboxed': {
    type: 'boolean',
    help: 'run generated code without isolation where the system offers none',
  },
};
