// Limits that hold: before each request the most that it may use is set aside, and what does not fit is not sent.
import { z } from 'zod';
import { ForgeError } from '../task/errors.ts';
import type { Clock } from '../task/ports.ts';

const positive = z.number().positive().nullable().default(null);
/** Unknown keys are errors: a misspelt limit would be none. */
export const limitsSchema = z.strictObject({
  /** US dollars. */
  usd: positive,
  /** Input and output together. */
  tokens: positive,
  /** Requests on the wire: retries and re-asks count. */
  calls: positive,
  /** Wall time. */
  minutes: positive,
});
export type Limits = z.infer<typeof limitsSchema>;
export type LimitName = keyof Limits;

/** What was used so far; a resumed run starts with what its journal holds. */
export interface Spent {
  readonly usd: number;
  readonly tokens: number;
  readonly calls: number;
  readonly ms: number;
}
export const nothingSpent: Spent = { usd: 0, tokens: 0, calls: 0, ms: 0 };

/** The end of a budget, or a budget that cannot be kept (`limit` is what it was about). What was paid for is kept. */
export class BudgetStop extends ForgeError {
  readonly limit: LimitName;

  constructor(code: 'BUDGET_SPENT' | 'PRICE_UNKNOWN', limit: LimitName, message: string, remedy: string) {
    super(code, message, remedy, 'budget');
    this.limit = limit;
  }
}

/** Something set aside; `settle` takes it. */
export interface Hold {
  readonly usd: number;
  readonly tokens: number;
}

/** Room for what an estimate may miss, on top of the headroom that the estimate has itself. */
const safetyMargin = 1.05;
const msPerMinute = 60_000;

export class Budget {
  readonly limits: Limits;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #before: Spent;
  readonly #holds = new Set<Hold>();
  #usd: number;
  #tokens: number;
  #calls: number;

  constructor(limits: Limits, clock: Clock, before: Spent = nothingSpent) {
    this.limits = limits;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#before = before;
    this.#usd = before.usd;
    this.#tokens = before.tokens;
    this.#calls = before.calls;
  }

  get spent(): Spent {
    const ms = this.#before.ms + this.#clock.now() - this.#startedAt;
    return { usd: this.#usd, tokens: this.#tokens, calls: this.#calls, ms };
  }

  /** Milliseconds until the limit on time; null when there is none. */
  get msLeft(): number | null {
    return this.limits.minutes === null ? null : Math.max(0, this.limits.minutes * msPerMinute - this.spent.ms);
  }

  /** Tokens that could still be set aside; null when there is no limit on them. */
  get tokensLeft(): number | null {
    if (this.limits.tokens === null) return null;
    return Math.max(0, Math.floor((this.limits.tokens - this.#tokens - this.#held('tokens')) / safetyMargin));
  }

  /**
   * Sets aside the most that a request may use. `usd` is null where the model has no price.
   * @throws BudgetStop when it does not fit, or when a limit on money cannot be kept for want of a price.
   */
  reserve(modelId: string, tokens: number, usd: number | null): Hold {
    if (this.limits.usd !== null && usd === null) {
      throw new BudgetStop(
        'PRICE_UNKNOWN',
        'usd',
        `There is no price for ${modelId}, so a limit of $${this.limits.usd} cannot be kept.`,
        'Limit the tokens instead (--budget-tokens), or give its price in the file that MLE_FORGE_PRICES names.',
      );
    }
    const hold = { usd: (usd ?? 0) * safetyMargin, tokens: tokens * safetyMargin };
    this.#require('calls', this.#calls + this.#holds.size + 1, String);
    this.#require('tokens', this.#tokens + this.#held('tokens') + hold.tokens, (n) => `${Math.round(n)} tokens`);
    this.#require('usd', this.#usd + this.#held('usd') + hold.usd, (n) => `$${n.toFixed(4)}`);
    if (this.msLeft === 0) this.timeIsUp();
    this.#holds.add(hold);
    return hold;
  }

  /** Replaces what was set aside by what was used. */
  settle(hold: Hold | null, used: { readonly tokens: number; readonly usd: number | null }): void {
    if (hold !== null) this.#holds.delete(hold);
    this.#calls += 1;
    this.#tokens += used.tokens;
    this.#usd += used.usd ?? 0;
  }

  /** @throws BudgetStop always. */
  timeIsUp(): never {
    const limit = this.limits.minutes;
    throw spentUp('minutes', `The limit of ${limit} min is reached.`);
  }

  #held(what: 'usd' | 'tokens'): number {
    return [...this.#holds].reduce((sum, hold) => sum + hold[what], 0);
  }

  #require(name: 'calls' | 'tokens' | 'usd', needed: number, show: (value: number) => string): void {
    const limit = this.limits[name];
    if (limit === null || needed <= limit) return;
    throw spentUp(name, `The next request could come to ${show(needed)} in total; the limit is ${show(limit)}.`);
  }
}

function spentUp(limit: LimitName, message: string): BudgetStop {
  return new BudgetStop(
    'BUDGET_SPENT',
    limit,
    message,
    'What was paid for is kept: raise the limit and continue with --resume.',
  );
}
