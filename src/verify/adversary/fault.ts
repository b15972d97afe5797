// What the panel has to say, before it is placed in a file.
import type { Finding, Severity } from '../../task/findings.ts';
import type { Check } from '../check.ts';

export interface AdversaryFault {
  readonly check: Check;
  readonly message: string;
  readonly evidence: Finding['evidence'];
  readonly file: string;
  /** The submission that shows it, by the name of its file in the work folder. */
  readonly submission?: string;
  readonly severity?: Severity;
}

/** Four significant digits: enough to compare, short enough to read. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
