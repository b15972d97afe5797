// Several related numbers measured together, predicted at once.
import type { TargetCandidate } from '../../../dataset/judgement.ts';
import { tableColumns } from '../base-columns.ts';
import { featureView } from '../feature-view.ts';
import type { TableIdea } from '../idea.ts';
import { columnDescription } from '../words/describe.ts';
import { columnDefinitions } from '../words/dictionary.ts';
import { namedColumn } from '../words/names.ts';
import { type TableView, tableIdea } from './table-ideas.ts';

const MOST_TARGETS = 4;
const IDEAS = 2;
/** Words of statistics stand beside unrelated things: a total of rooms and a total of sales. */
const statistics = new Set(
  'total sum mean average median maximum minimum number count is rate ratio index score'.split(' '),
);
/** A joint task is harder to explain than one on a single number. */
const JOINT = 0.9;

/** Ideas on groups of two to four regression targets that share a unit, a first word or a last word. */
export function multiOutputIdeas(view: TableView): readonly TableIdea[] {
  const numbers = view.judgement.targets.filter((target) => target.objective === 'regression');
  const groups = relatedGroups(numbers);
  return groups.slice(0, IDEAS).flatMap((group) => {
    const first = group[0];
    return first === undefined ? [] : [multiOutputIdea(view, group, first)];
  });
}

function multiOutputIdea(view: TableView, group: readonly TargetCandidate[], first: TargetCandidate): TableIdea {
  const columns = tableColumns(view.table, view.judgement);
  const names = group.map((target) => target.column);
  const definitions = columnDefinitions(
    view.profile.documents,
    columns.map((column) => column.name),
  );
  const shown = featureView({
    columns,
    targets: names,
    aliases: view.table.aliases,
    describe: (column) => columnDescription(column, definitions),
  });
  return {
    ...tableIdea(view, columns, first),
    ...shown,
    family: 'multi-output',
    objective: 'multi-output-regression',
    targets: names,
    appeal: (JOINT * group.reduce((sum, target) => sum + target.appeal, 0)) / group.length,
    why: 'related measurements of the same thing, taken together',
  };
}

/** Groups with the highest mean appeal first; a target may stand in one group only. */
function relatedGroups(targets: readonly TargetCandidate[]): readonly (readonly TargetCandidate[])[] {
  const byKey = new Map<string, TargetCandidate[]>();
  for (const target of targets) {
    for (const key of relationKeys(target.column)) byKey.set(key, [...(byKey.get(key) ?? []), target]);
  }
  const groups = [...byKey.values()].filter((group) => group.length >= 2 && group.length <= MOST_TARGETS);
  const mean = (group: readonly TargetCandidate[]) => group.reduce((sum, t) => sum + t.appeal, 0) / group.length;
  const taken = new Set<string>();
  return groups
    .toSorted((a, b) => mean(b) - mean(a) || b.length - a.length)
    .filter((group) => {
      if (group.some((target) => taken.has(target.column))) return false;
      for (const target of group) taken.add(target.column);
      return true;
    });
}

function relationKeys(column: string): readonly string[] {
  const { words, unit } = namedColumn(column);
  const parts = words.split(' ');
  const keys = unit === null ? [] : [`unit ${unit}`];
  const ends = parts.length > 1 ? [`first ${parts[0]}`, `last ${parts.at(-1)}`] : [];
  keys.push(...ends.filter((end) => !statistics.has(end.split(' ')[1] ?? '')));
  return keys;
}
