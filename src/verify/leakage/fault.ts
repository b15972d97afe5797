// What a rule says about a leak, before it is placed in a file.
import type { Finding, Severity } from '../../task/findings.ts';
import type { Check } from '../check.ts';
import type { Place } from './probe.ts';

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
