// Every planted fault.
import type { Plant } from '../plant.ts';
import { executionPlants } from './execution.ts';
import { columnPlants } from './leakage-columns.ts';
import { filePlants } from './leakage-files.ts';
import { rowLeakPlants } from './leakage-rows.ts';
import { splitPlants } from './leakage-split.ts';
import { conductPlants } from './metric-conduct.ts';
import { scorePlants } from './metric-scores.ts';
import { buildPlants } from './preparation-build.ts';
import { rowPlants } from './preparation-rows.ts';
import { valuePlants } from './preparation-values.ts';
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
  ...splitPlants,
  ...filePlants,
  ...scorePlants,
  ...conductPlants,
  ...executionPlants,
];
