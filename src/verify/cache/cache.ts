// Measurements by key. A key is the hash of all that a measurement depends on, so an entry never grows stale.

export interface Cache {
  /** The bytes of a key, undefined when they are not there or not whole. Never throws. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keeps bytes as long as there is room. Never throws: a cache that cannot write is only slow. */
  put(key: string, content: Uint8Array): Promise<void>;
}

/** Holds the entries used last, up to `maxBytes` in all. */
export function memoryCache(maxBytes: number): Cache {
  const entries = new Map<string, Uint8Array>();
  let held = 0;
  const forget = (key: string): void => {
    held -= entries.get(key)?.byteLength ?? 0;
    entries.delete(key);
  };
  const hold = (key: string, content: Uint8Array): void => {
    forget(key);
    entries.set(key, content);
    held += content.byteLength;
    // A Map keeps the order of insertion: the first key is the one that was not used for longest.
    for (const oldest of entries.keys()) {
      if (held <= maxBytes) break;
      forget(oldest);
    }
  };
  return {
    get: async (key) => {
      const content = entries.get(key);
      if (content !== undefined) hold(key, content);
      return content;
    },
    put: async (key, content) => hold(key, content),
  };
}

/** Asks `near` first; what only `far` knows is kept in `near` from then on. */
export function layered(near: Cache, far: Cache): Cache {
  return {
    get: async (key) => {
      const known = await near.get(key);
      if (known !== undefined) return known;
      const found = await far.get(key);
      if (found !== undefined) await near.put(key, found);
      return found;
    },
    put: async (key, content) => {
      await Promise.all([near.put(key, content), far.put(key, content)]);
    },
  };
}
