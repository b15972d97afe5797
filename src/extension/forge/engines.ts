// The engines that can forge, as data: the pick, the queue and the provenance read this list and nothing else.

import type { Cost } from '../../agents/loop/cost.ts';
import type { L10n } from '../l10n.ts';

export interface Engine {
  readonly id: string;
  label(l10n: L10n): string;
  description(l10n: L10n): string;
  /** What it has cost before its first call; null when it calls no model. */
  readonly cost: Cost | null;
}

const builtin: Engine = {
  id: 'builtin',
  label: (l10n) => l10n.t('Built-in'),
  description: (l10n) => l10n.t('no model, no key'),
  cost: null,
};

export const engines: readonly [Engine, ...Engine[]] = [builtin];

/** The engine of an id; the first when an id is no longer there. */
export function engineOf(id: string): Engine {
  return engines.find((engine) => engine.id === id) ?? engines[0];
}
