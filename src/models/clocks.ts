// Three limits on a call, kept apart because a slow start is no stall: a local model may read its prompt for minutes.

export interface ClockLimits {
  /** From sending to the first sign of an answer, in ms. */
  readonly firstTokenMs: number;
  /** Between two pieces of the answer, in ms. */
  readonly idleMs: number;
  /** For one attempt as a whole, in ms. */
  readonly totalMs: number;
}

/** Node's fetch gives up by itself after 300 s without headers, which some servers send with the first token only. */
export const usualClocks: ClockLimits = { firstTokenMs: 290_000, idleMs: 120_000, totalMs: 20 * 60_000 };

export type ClockPhase = 'first-token' | 'idle' | 'total';

/** How long a server may keep the line open, in ms, after it has said that the answer is whole. */
const lingerMs = 5000;

/** Runs the clocks of one attempt; calls `expire` once, with the limit that was passed. */
export class Watchdog {
  readonly #limits: ClockLimits;
  readonly #expire: (phase: ClockPhase) => void;
  readonly #total: NodeJS.Timeout;
  #phase: NodeJS.Timeout;
  #begun = false;

  constructor(limits: ClockLimits, expire: (phase: ClockPhase) => void) {
    this.#limits = limits;
    this.#expire = expire;
    this.#total = setTimeout(() => this.#end('total'), limits.totalMs);
    this.#phase = setTimeout(() => this.#end('first-token'), limits.firstTokenMs);
  }

  /** A sign of life; `begun` says whether the answer itself has begun, `finished` whether it is whole. */
  alive(begun: boolean, finished: boolean): void {
    this.#begun ||= begun || finished;
    if (!this.#begun) return;
    clearTimeout(this.#phase);
    const limit = finished ? Math.min(lingerMs, this.#limits.idleMs) : this.#limits.idleMs;
    this.#phase = setTimeout(() => this.#end('idle'), limit);
  }

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#phase);
  }

  #end(phase: ClockPhase): void {
    this.stop();
    this.#expire(phase);
  }
}
