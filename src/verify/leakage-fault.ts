// What a rule says about a leak, before it is placed in a file.
import type { Finding, Severity } from '../task/findings.ts';
import type { Check } from './check.ts';
import type { Place } from './leakage-probe.ts';

/** A column of a public table, a line of a file, or an entry of the manifest. */
export type Where =
  | { readonly column: string; readonly part: 'train' | 'test' }
  | { readonly line: Place }
  | { readonly file: string; readonly at?: number }
  | { readonly entry: readonly string[] };

export interface Leak {
  readonly check: Check;
  readonly severity: Severity;
  readonly message: string;
  readonly where: Where;
  /** `column` names a feature to leave out, `split` a split to make instead: hints for the repair. */
  readonly evidence: Finding['evidence'];
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
}

/** A skill above this many standard errors is no accident, also among a hundred that are tried. */
const CERTAIN = 5;

export interface Told {
  readonly skill: number;
  readonly error: number;
}

/** Whether something tells at least so much, and surely. */
export function tells({ skill, error }: Told, least: number): boolean {
  return skill >= least && skill > CERTAIN * error;
}

/** A share as people read it: `12 %`, `0.4 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${Math.abs(value) >= 10 || Number.isInteger(value) ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

/** Three decimals: what evidence shows of a skill. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
