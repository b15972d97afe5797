// All ways of misbehaving, for the tests of a call and of a run.
import { dialectCases } from './dialects-cases.ts';
import type { FaultCase } from './fault-case.ts';
import { refusedCases } from './limits-cases.ts';
import { structuredCases } from './structured-cases.ts';
import { troubleCases } from './trouble-cases.ts';

export const faultCases: readonly FaultCase[] = [...refusedCases, ...troubleCases, ...dialectCases, ...structuredCases];
