// Every check that exists, as data. Severities, remedies and docs/checks.md come from here.

import type { Check } from './check.ts';
import { familyChecks } from './families.ts';
import { structureCatalogue } from './structure/catalogue.ts';

/** All checks in the order in which they run; codes are unique. */
export const catalogue: readonly Check[] = [
  ...familyChecks.flatMap((family) => family.checks),
  structureCatalogue.suppressions, // judged last: it needs the findings of all others
];

/** The row of a code. */
export function checkOf(code: string): Check | undefined {
  return catalogue.find((check) => check.code === code);
}
