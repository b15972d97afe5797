// A planted fault: one idea, put into a copy of a clean package.
import type { Family } from '../../src/verify/contract.ts';
import type { BaseName } from './clean-packages.ts';
import type { Draft } from './draft.ts';

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
}

/** The same fault in several packages. */
export function plants(
  code: string,
  name: string,
  bases: readonly BaseName[],
  put: Plant['put'],
  options: { readonly stamped?: false } = {},
): Plant[] {
  return bases.map((base) => ({ code, name, base, put, ...options }));
}

export function familyOf(code: string): Family {
  return code.slice(0, 3) as Family;
}
