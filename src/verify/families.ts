// The families that run, in the order in which a later one may rely on an earlier one.
import { adversaryFamily } from './adversary/family.ts';
import type { FamilyChecks } from './check.ts';
import { executionFamily } from './execution/family.ts';
import { leakageFamily } from './leakage/family.ts';
import { metricFamily } from './metric/family.ts';
import { preparationFamily } from './preparation/family.ts';
import { reviewFamily } from './review/family.ts';
import { safetyFamily } from './safety/family.ts';
import { statisticsFamily } from './statistics/family.ts';
import { structureFamily } from './structure/family.ts';

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
