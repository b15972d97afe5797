// Every planted fault.
import type { Plant } from '../plant.ts';
import { formPlants } from './adversary-forms.ts';
import { guessPlants } from './adversary-guesses.ts';
import { reachPlants } from './adversary-reach.ts';
import { executionPlants } from './execution.ts';
import { arithmeticPlants } from './leakage-arithmetic.ts';
import { columnPlants } from './leakage-columns.ts';
import { filePlants } from './leakage-files.ts';
import { rowLeakPlants } from './leakage-rows.ts';
import { splitPlants } from './leakage-split.ts';
import { conductPlants } from './metric-conduct.ts';
import { scorePlants } from './metric-scores.ts';
import { buildPlants } from './preparation-build.ts';
import { rowPlants } from './preparation-rows.ts';
import { valuePlants } from './preparation-values.ts';
import { reviewPlants } from './review.ts';
import { safetyCodePlants } from './safety-code.ts';
import { safetyContentPlants } from './safety-content.ts';
import { statisticsPlants } from './statistics.ts';
import { ladderPlants } from './statistics-ladder.ts';
import { structureCodePlants } from './structure-code.ts';
import { structureFilePlants } from './structure-files.ts';
import { structureTextPlants } from './structure-text.ts';

export const allPlants: readonly Plant[] = [
  ...structureFilePlants,
  ...structureCodePlants,
  ...structureTextPlants,
  ...buildPlants,
  ...rowPlants,
  ...valuePlants,
  ...rowLeakPlants,
  ...columnPlants,
  ...arithmeticPlants,
  ...splitPlants,
  ...filePlants,
  ...scorePlants,
  ...conductPlants,
  ...reviewPlants,
  ...executionPlants,
  ...statisticsPlants,
  ...ladderPlants,
  ...guessPlants,
  ...formPlants,
  ...reachPlants,
  ...safetyCodePlants,
  ...safetyContentPlants,
];
