// A model on a budget: each request is set aside before it is made, and billed when it has ended.
import { type BillEntry, type BillLabel, billEntry } from './bill.ts';
import type { Budget, Hold } from './budget.ts';
import type { Attempt, ChatModel, ChatReply } from './port.ts';
import type { PriceList } from './prices.ts';
import { reservedUsage } from './usage.ts';

export interface Meter {
  readonly budget: Budget;
  readonly prices: PriceList;
  readonly label: BillLabel;
  /** Told of each request as it is billed, before the next one is made. */
  readonly onEntry: (entry: BillEntry) => void;
  readonly now: () => Date;
}

/**
 * The same model, kept within the budget. A call rejects with BudgetStop when its next request does not fit or when time
 * runs out under it; what it used until then is billed. An answer that is there is returned even if it cost more than was set
 * aside; the next call is the one that stops.
 */
export function metered(model: ChatModel, meter: Meter): ChatModel {
  return {
    id: model.id,
    endpoint: model.endpoint,
    sees: model.sees,
    async chat(request, options) {
      const account = new Account(model.id, meter);
      const clock = deadline(options.signal, meter.budget.msLeft);
      try {
        const reply = await model.chat(request, {
          ...options,
          signal: clock.signal,
          beforeAttempt: async (estimate) => {
            await options.beforeAttempt?.(estimate);
            account.reserve(estimate);
          },
          onAttempt: (attempt) => {
            account.settle(attempt);
            options.onAttempt?.(attempt);
          },
        });
        account.settleRest(reply);
        if (reply.outcome === 'cancelled' && clock.passed() && !options.signal.aborted) meter.budget.timeIsUp();
        return reply;
      } finally {
        clock.stop();
        account.close();
      }
    },
  };
}

/** The requests of one call. */
class Account {
  readonly #modelId: string;
  readonly #meter: Meter;
  #open: { readonly hold: Hold; readonly estimate: { input: number; output: number } } | null = null;
  #settled = 0;

  constructor(modelId: string, meter: Meter) {
    this.#modelId = modelId;
    this.#meter = meter;
  }

  reserve(estimate: { input: number; output: number }): void {
    this.close();
    const { budget, prices, now } = this.#meter;
    const usd = prices.cost(this.#modelId, reservedUsage(estimate.input, estimate.output), now());
    this.#open = { hold: budget.reserve(this.#modelId, estimate.input + estimate.output, usd), estimate };
  }

  settle({ usage, ms }: Pick<Attempt, 'usage' | 'ms'>): void {
    const { budget, prices, label, onEntry, now } = this.#meter;
    const usd = usage === null ? 0 : prices.cost(this.#modelId, usage, now());
    budget.settle(this.#open?.hold ?? null, { tokens: usage === null ? 0 : usage.input + usage.output, usd });
    this.#open = null;
    this.#settled += 1;
    onEntry(billEntry(label, this.#modelId, { usage, usd, ms }));
  }

  /** For models that tell their attempts only in the reply. */
  settleRest({ attempts }: ChatReply): void {
    for (const attempt of attempts.slice(this.#settled)) this.settle(attempt);
  }

  /** A request that was announced and never told of is charged in full. */
  close(): void {
    if (this.#open === null) return;
    const { input, output } = this.#open.estimate;
    this.settle({ usage: reservedUsage(input, output), ms: 0 });
  }
}

/** A signal that fires with the given one, and when the time is up. */
function deadline(signal: AbortSignal, ms: number | null): { signal: AbortSignal; passed(): boolean; stop(): void } {
  if (ms === null) return { signal, passed: () => false, stop: () => {} };
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), Math.min(ms, 2 ** 31 - 1));
  return {
    signal: AbortSignal.any([signal, time.signal]),
    passed: () => time.signal.aborted,
    stop: () => clearTimeout(timer),
  };
}
