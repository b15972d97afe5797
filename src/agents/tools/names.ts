// Names of tables and columns as a model reads and writes them. Names are data: they may be of any length and character.
import { plainLine } from '../../dataset/plain-line.ts';

const nameWidth = 120;
const nearNames = 5;
/** Below this two names have little in common. */
const nearEnough = 0.3;

/** A name on one line. */
export function shownName(name: string): string {
  return plainLine(name, nameWidth);
}

/** A measured number with the digits that say something. */
export function shownNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The item of that name, as written or as it was shown; null when there is none, or several. */
export function byName<Item>(items: readonly Item[], nameOf: (item: Item) => string, given: string): Item | null {
  const exact = items.find((item) => nameOf(item) === given);
  if (exact !== undefined) return exact;
  const alike = items.filter((item) => shownName(nameOf(item)) === given);
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** The names that are most like a given one, best first. */
export function near(names: readonly string[], given: string): readonly string[] {
  const wanted = pairs(given);
  return names
    .map((name) => ({ name, likeness: likeness(pairs(name), wanted) }))
    .filter((entry) => entry.likeness >= nearEnough)
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1))
    .slice(0, nearNames)
    .map(({ name }) => shownName(name));
}

/** Pairs of neighbouring letters. */
function pairs(name: string): ReadonlySet<string> {
  const letters = ` ${name.slice(0, 2 * nameWidth).toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2)));
}

/** Dice's coefficient: shared pairs, from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
