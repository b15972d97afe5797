// Every check that exists, as data. Severities, remedies and docs/checks.md come from here.

import type { Check } from './check.ts';
import { solverChecks } from './execution/solver-catalogue.ts';
import { familyChecks } from './families.ts';
import { judgeChecks } from './review/judge-catalogue.ts';
import { structureCatalogue } from './structure/catalogue.ts';

/** What models say: only where one was asked. It costs money, and asking again may give another answer. */
export const recordedChecks: readonly Check[] = [...judgeChecks, ...solverChecks];

/** All checks in the order in which they run; codes are unique. */
export const catalogue: readonly Check[] = [
  ...familyChecks.flatMap((family) => family.checks),
  ...recordedChecks,
  structureCatalogue.suppressions, // judged last: it needs the findings of all others
];

/** The row of a code. */
export function checkOf(code: string): Check | undefined {
  return catalogue.find((check) => check.code === code);
}

const places = new Map(catalogue.map(({ code }, index) => [code, index]));

/** Results in the order of the catalogue, whatever the order in which families ended: equal packages give equal reports. */
export function inCatalogueOrder<Result extends { readonly code: string }>(results: readonly Result[]): Result[] {
  return results.toSorted((a, b) => (places.get(a.code) ?? 0) - (places.get(b.code) ?? 0));
}
