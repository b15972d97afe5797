// The submission that shows a finding: a file that the verification kept, or the text in its evidence.
import type { Finding } from '../../task/findings.ts';

export type Counterexample =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'text'; readonly text: string };

const KEPT = /^verification\/counterexamples\/[\w.-]+\.csv$/;

/** Null when the finding has none. */
export function counterexampleOf({ evidence }: Finding): Counterexample | null {
  const kept = Object.values(evidence).find((value) => typeof value === 'string' && KEPT.test(value));
  if (typeof kept === 'string') return { kind: 'file', file: kept };
  const text = evidence['counterexample'];
  return typeof text === 'string' ? { kind: 'text', text } : null;
}
