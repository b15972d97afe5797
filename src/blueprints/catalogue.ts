// The kinds of task that can be built.
import { audio } from './audio/blueprint.ts';
import type { Blueprint } from './blueprint.ts';
import { forecasting } from './forecasting/blueprint.ts';
import { timeOrdered } from './forecasting/time-ordered.ts';
import type { Formulation } from './formulation.ts';
import { geospatial } from './geospatial/blueprint.ts';
import { image } from './image/blueprint.ts';
import { relational } from './relational/blueprint.ts';
import { tabular } from './tabular/blueprint.ts';
import { text } from './text/blueprint.ts';

/** The particular kinds stand before the general ones: the first that applies builds. */
export const blueprints: readonly Blueprint[] = [
  image,
  audio,
  forecasting,
  relational,
  timeOrdered,
  geospatial,
  text,
  tabular,
];

/** The blueprint for a formulation; undefined when no kind of task fits. */
export function blueprintFor(formulation: Formulation): Blueprint | undefined {
  return blueprints.find((candidate) => candidate.applies(formulation));
}
