// The bill: every request with who made it and what it cost, summed by whatever a reader asks for.
import { z } from 'zod';
import type { Usage } from './port.ts';

const count = z.number().int().min(0);
/** One request. `usd` is null where the model has no price; `reserved` says that the tokens are the most it may have been. */
export const billEntrySchema = z.strictObject({
  agent: z.string(),
  stage: z.string(),
  /** Null: before there were tasks. */
  task: z.string().nullable(),
  model: z.string(),
  input: count,
  cachedInput: count,
  output: count,
  reasoning: count,
  reserved: z.boolean(),
  usd: z.number().min(0).nullable(),
  ms: z.number().min(0),
});
export type BillEntry = z.infer<typeof billEntrySchema>;

export type BillLabel = Pick<BillEntry, 'agent' | 'stage' | 'task'>;

/** Sums over requests. */
export interface BillSum {
  readonly calls: number;
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning: number;
  /** Tokens charged without the server's word for them. */
  readonly reservedTokens: number;
  /** Dollars of all that has a price. */
  readonly usd: number;
  /** Tokens without a price: they are not in `usd`. */
  readonly unpricedTokens: number;
  readonly ms: number;
}

export function billEntry(
  label: BillLabel,
  model: string,
  { usage, usd, ms }: { usage: Usage | null; usd: number | null; ms: number },
): BillEntry {
  const { input = 0, cachedInput = 0, output = 0, reasoning = 0 } = usage ?? {};
  return { ...label, model, input, cachedInput, output, reasoning, reserved: usage?.source === 'reserved', usd, ms };
}

export function sumBill(entries: readonly BillEntry[]): BillSum {
  const sum = (pick: (entry: BillEntry) => number): number => entries.reduce((total, entry) => total + pick(entry), 0);
  return {
    calls: entries.length,
    input: sum(({ input }) => input),
    cachedInput: sum(({ cachedInput }) => cachedInput),
    output: sum(({ output }) => output),
    reasoning: sum(({ reasoning }) => reasoning),
    reservedTokens: sum((entry) => (entry.reserved ? entry.input + entry.output : 0)),
    usd: sum(({ usd }) => usd ?? 0),
    unpricedTokens: sum((entry) => (entry.usd === null ? entry.input + entry.output : 0)),
    ms: sum(({ ms }) => ms),
  };
}

/** The bill by agent, stage, task or model, in the order in which they first appear. */
export function billBy(
  entries: readonly BillEntry[],
  dimension: 'agent' | 'stage' | 'task' | 'model',
): { readonly name: string | null; readonly sum: BillSum }[] {
  const names = [...new Set(entries.map((entry) => entry[dimension]))];
  return names.map((name) => ({ name, sum: sumBill(entries.filter((entry) => entry[dimension] === name)) }));
}

/** Money in words: what has no price is told in tokens, never as $0.00. */
export function moneyText({ usd, unpricedTokens, calls }: Pick<BillSum, 'usd' | 'unpricedTokens' | 'calls'>): string {
  const priced = `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
  if (unpricedTokens === 0) return calls === 0 ? 'nothing' : priced;
  const unpriced = `${unpricedTokens.toLocaleString('en')} tokens without a price`;
  return usd === 0 ? unpriced : `${priced} and ${unpriced}`;
}
