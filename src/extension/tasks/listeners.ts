// A change event for modules that know no editor; shaped like the editor's, so that either can be listened to alike.

export interface Stoppable {
  dispose(): void;
}

export class Listeners<Event> {
  readonly #all = new Set<(event: Event) => void>();

  add(listener: (event: Event) => void): Stoppable {
    this.#all.add(listener);
    return { dispose: () => this.#all.delete(listener) };
  }

  tell(event: Event): void {
    for (const listener of [...this.#all]) listener(event);
  }

  clear(): void {
    this.#all.clear();
  }
}
