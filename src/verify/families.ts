// The families that run, in the order in which a later one may rely on an earlier one.
import { adversaryFamily } from './adversary.ts';
import type { FamilyChecks } from './check.ts';
import { executionFamily } from './execution.ts';
import { leakageFamily } from './leakage.ts';
import { metricFamily } from './metric-contract.ts';
import { preparationFamily } from './preparation.ts';
import { reviewFamily } from './review.ts';
import { safetyFamily } from './safety.ts';
import { statisticsFamily } from './statistics.ts';
import { structureFamily } from './structure.ts';

export const familyChecks: readonly FamilyChecks[] = [
  structureFamily,
  safetyFamily,
  preparationFamily,
  leakageFamily,
  metricFamily,
  reviewFamily,
  executionFamily,
  statisticsFamily,
  adversaryFamily,
];
