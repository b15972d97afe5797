// What derivations have proven: code that was run, and what it gave.
import { z } from 'zod';

const count = z.int().min(0);

export const derivedColumnSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['empty', 'boolean', 'integer', 'number', 'datetime', 'text']),
  missing: count,
  distinct: count,
  /** The most frequent values, most frequent first; without values where the user shares none. */
  top: z.array(z.strictObject({ value: z.string().nullable(), count })),
  /** 0, 1, 5, 25, 50, 75, 95, 99, 100 % of the finite values; null for what is no number. */
  quantiles: z.array(z.number()).nullable(),
  /** Over the type and all values in order. */
  sha256: z.string(),
});

export const proofSchema = z.strictObject({
  name: z.string(),
  /** Defines `derive(raw: Path) -> pd.DataFrame`. */
  code: z.string(),
  /** Two interpreters that share nothing gave equal tables. */
  deterministic: z.boolean(),
  rows: count,
  columns: z.array(derivedColumnSchema),
  /** Of all columns of the first run. */
  sha256: z.string(),
});
export type Proof = z.infer<typeof proofSchema>;

/** The proofs of a conversation, by name; a later one replaces an earlier one of its name. */
export class Proofs {
  readonly #proofs = new Map<string, Proof>();

  add(proof: Proof): void {
    this.#proofs.set(proof.name, proof);
  }

  /** A name whose code no longer runs proves nothing. */
  drop(name: string): void {
    this.#proofs.delete(name);
  }

  get(name: string): Proof | undefined {
    return this.#proofs.get(name);
  }

  all(): readonly Proof[] {
    return [...this.#proofs.values()];
  }
}
