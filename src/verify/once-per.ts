// Work that several families share, or that one begins before its turn: done once in a verification.
import type { CheckContext } from './check.ts';

/** `make` as a function that runs it once for a context (and an item): whoever asks later gets the same promise. */
export function oncePer<Value, Item = null>(
  make: (context: CheckContext, item: Item) => Promise<Value>,
): (context: CheckContext, item: Item) => Promise<Value> {
  const made = new WeakMap<CheckContext, Map<Item, Promise<Value>>>();
  return (context, item) => {
    const items = made.get(context) ?? new Map<Item, Promise<Value>>();
    made.set(context, items);
    const known = items.get(item);
    if (known !== undefined) return known;
    const value = make(context, item);
    // Who begins the work may not be there when it fails; who asks for it is told.
    value.catch(() => undefined);
    items.set(item, value);
    return value;
  };
}
