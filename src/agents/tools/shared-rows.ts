// How much of the data themselves, beyond schema and statistics, may leave the machine.
import type { ToolResult } from '../loop/tool.ts';
import { refused } from '../loop/tool.ts';

/** Rows of each table, and files of the media, that a conversation may see; `none`: schema and statistics alone. */
export type SharedRows = number | 'none';

/** Counts what was shown. A row or a file that is shown again costs nothing. */
export class Allowance {
  readonly #most: number;
  readonly #shown = new Map<string, Set<number | string>>();

  constructor(most: SharedRows) {
    this.#most = most === 'none' ? 0 : most;
  }

  /** How many more of a pool (a table's name, or the media) may be shown. */
  left(pool: string): number {
    return Math.max(0, this.#most - (this.#shown.get(pool)?.size ?? 0));
  }

  /** Takes items in order until the pool is used up; the items that may be shown. */
  take<Item extends number | string>(pool: string, items: readonly Item[]): readonly Item[] {
    const shown = this.#shown.get(pool) ?? new Set();
    this.#shown.set(pool, shown);
    return items.filter((item) => {
      if (!shown.has(item) && shown.size >= this.#most) return false;
      shown.add(item);
      return true;
    });
  }

  has(pool: string, item: number | string): boolean {
    return this.#shown.get(pool)?.has(item) ?? false;
  }
}

/** The answer to a wish for data where the user shares none. */
export function withheld(what: string): ToolResult {
  return refused(`${what} is not shared: the user lets only schema and statistics leave the machine.`);
}
