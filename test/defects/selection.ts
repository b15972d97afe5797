// Which plants a run takes.
import type { BaseName } from './clean-packages.ts';
import { familyOf, type Plant } from './plant.ts';

/** Bases of the short run: one of each modality. */
const QUICK_BASES: readonly BaseName[] = ['binary', 'text', 'image', 'audio', 'forecasting', 'relational'];
/** Panels of cheating solvers and of probes of the sandbox run the baselines of media for half a minute. */
const TOO_LONG = /^(ADV|SEC) (image|audio)$/;

/** All plants; those of some codes or families; those whose name matches; the short run's part of them. */
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
  return sample(wanted);
}

/** One plant of each family in each modality, of another check from modality to modality. */
function sample(wanted: readonly Plant[]): Plant[] {
  const families = [...new Set(wanted.map(({ code }) => familyOf(code)))];
  return families.flatMap((family) =>
    QUICK_BASES.flatMap((base, turn) => {
      const mine = wanted.filter((plant) => plant.base === base && familyOf(plant.code) === family);
      const chosen = mine[turn % Math.max(1, mine.length)];
      return chosen === undefined || TOO_LONG.test(`${family} ${base}`) ? [] : [chosen];
    }),
  );
}
