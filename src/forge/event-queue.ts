// Events of work that is still going on, for the stream that waits for its end.
import type { ForgeEvent } from './events.ts';

/** Read it once, while others push; it ends when it is closed and empty. What is pushed after that is dropped. */
export class EventQueue implements AsyncIterable<ForgeEvent> {
  #waiting: ForgeEvent[] = [];
  #closed = false;
  #wake: () => void = () => {};

  push(event: ForgeEvent): void {
    if (this.#closed) return;
    this.#waiting.push(event);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ForgeEvent> {
    for (;;) {
      const events = this.#waiting;
      this.#waiting = [];
      yield* events;
      if (this.#waiting.length > 0) continue;
      if (this.#closed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
