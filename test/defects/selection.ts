// Which plants a run takes.
import type { BaseName } from './clean-packages.ts';
import type { Plant } from './plant.ts';

/** Bases of the short run: cheap to forge, and of different kinds. */
const QUICK_BASES: readonly BaseName[] = ['binary', 'text', 'image'];

/** All plants; those of some codes or families; those whose name matches; one of each code for the short run. */
export function choose(
  all: readonly Plant[],
  options: { readonly only?: string | undefined; readonly match?: string | undefined; readonly quick: boolean },
): Plant[] {
  const codes = options.only?.split(',').map((code) => code.trim().toUpperCase());
  const pattern = options.match === undefined ? null : new RegExp(options.match);
  const wanted = all.filter(
    ({ code, name, base }) =>
      (codes === undefined || codes.some((prefix) => code.startsWith(prefix))) &&
      (pattern === null || pattern.test(`${base} ${name}`)),
  );
  if (!options.quick) return wanted;
  const first = new Map<string, Plant>();
  for (const plant of wanted) {
    if (QUICK_BASES.includes(plant.base) && !first.has(plant.code)) first.set(plant.code, plant);
  }
  return [...first.values()];
}
