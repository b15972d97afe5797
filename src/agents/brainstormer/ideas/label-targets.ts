// Small parent tables are lists of kinds (genres, categories, states): their name is a label for the rows that point there.
import type { TargetCandidate } from '../../../dataset/judgement.ts';
import { isAdministrative } from '../../../dataset/target-taste.ts';
import type { Joined } from './join-parents.ts';

/** Two kinds are rather a flag than a list. */
const FEWEST_KINDS = 3;
/** A parent with one row per few children is an entity, not a kind. */
const ROWS_PER_KIND = 20;
const APPEAL = 0.85;
/** In which form a thing is stored is no question about the thing. */
const STORAGE_APPEAL = 0.3;

/** Label targets of the joined table: the naming column of each small parent one step away. */
export function labelTargets(joined: Joined): readonly TargetCandidate[] {
  return joined.parents.flatMap((parent) => {
    const direct = !joined.lookupOf.has(parent.key);
    const key = joined.columns.find((column) => column.name === parent.key);
    const kinds = key?.profile.distinct ?? 0;
    const rows = (key?.profile.top ?? []).reduce((sum, level) => sum + level.count, 0);
    if (!direct || kinds < FEWEST_KINDS || !parent.isKind || rows < kinds * ROWS_PER_KIND) return [];
    const name = parent.columns.find((column) => joined.names.has(column.name) && !column.judgement?.personal);
    if (name === undefined) return [];
    return [
      {
        column: name.name,
        objective: 'multiclass-classification' as const,
        appeal: isAdministrative(parent.key) ? STORAGE_APPEAL : APPEAL,
        reason: `each row points to one of ${kinds} kinds, which another table names`,
      },
    ];
  });
}
