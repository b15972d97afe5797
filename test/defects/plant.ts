// A planted fault: one idea, put into a copy of a clean package.
import type { PythonRuntime } from '../../src/runtime/port.ts';
import type { Family } from '../../src/verify/contract.ts';
import type { BaseName } from './clean-packages.ts';
import type { Draft } from './draft.ts';

/** A runtime with a fault, for checks of what the sandbox promises; `folder` is the planted package. */
export type Hole = (runtime: PythonRuntime, folder: string) => PythonRuntime;

export interface Plant {
  /** The check that must find it. */
  readonly code: string;
  /** The clean package that it is put into. */
  readonly base: BaseName;
  /** What is wrong, in the field's terms. */
  readonly name: string;
  readonly put: (draft: Draft) => Promise<unknown>;
  /** False where the fault is that files and recorded hashes differ; otherwise the author recorded the faulty files. */
  readonly stamped?: false;
  /** Where the fault is in the sandbox, not in the package. */
  readonly hole?: Hole;
}

/** The same fault in several packages. */
export function plants(
  code: string,
  name: string,
  bases: readonly BaseName[],
  put: Plant['put'],
  options: { readonly stamped?: false; readonly hole?: Hole } = {},
): Plant[] {
  return bases.map((base) => ({ code, name, base, put, ...options }));
}

export function familyOf(code: string): Family {
  return code.slice(0, 3) as Family;
}
